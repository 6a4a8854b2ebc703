import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { FIRST_ID } from './frame-template.ts';
import { LineSplitter } from './line-splitter.ts';
import { answeredId, type Message, parse, type Result, resultOf, textOf } from './message.ts';
import { home } from './paths.ts';
import { killTree } from './process-tree.ts';
import type { BenchServer } from './server-entry.ts';
import type { ToolCall } from './tools.ts';

const ANSWER_TIMEOUT_MS = 20_000;
/** Between the questions to a tool that answers in pieces. */
const NEXT_PIECE_MS = 5;
const PROTOCOL_VERSION = '2025-06-18';
const { PATH, BENCH_STDERR } = process.env;

/** The end of a server: its exit code or the signal's name, and when. */
interface Exit {
  readonly code: number | string;
  readonly at: number;
}

/** An answer as it came, still to be read: reading megabytes would hold up what is being timed. */
export interface Answer {
  readonly line: Buffer;
  /** When it was there, whole. */
  readonly at: number;
}

interface Waiting {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

/** A JSON-RPC client over the stdio of a server that it starts and, by `close` or `kill`, ends. */
export class StdioClient {
  readonly startedAt = performance.now();
  /** Lines that were no answer to an open request, nor any other valid message. */
  stray = 0;
  /** Gets all complete lines of a chunk at once; a load puts itself here while it runs. */
  onLines = (lines: readonly Buffer[]): void => this.dispatch(lines);
  /** The next id of a load: one is never used twice in a session. */
  nextLoadId = FIRST_ID;
  readonly exited: Promise<Exit>;
  /** Settles once the process is gone and its last output was handed on. */
  readonly closed: Promise<void>;
  readonly #child: ChildProcess;
  readonly #splitter = new LineSplitter();
  readonly #waiting = new Map<number, Waiting>();
  #nextId = 1;
  #ended = false;

  constructor(server: BenchServer, environment: Readonly<Record<string, string>> = {}) {
    this.#child = spawn(server.command, server.args, {
      cwd: home,
      env: { PATH, HOME: home, ...environment },
      stdio: ['pipe', 'pipe', BENCH_STDERR ? 'inherit' : 'ignore'],
    });
    const { promise, resolve } = Promise.withResolvers<Exit>();
    this.exited = promise;
    this.#child.once('exit', (code, signal) =>
      resolve({ code: code ?? signal ?? 'unknown', at: performance.now() }),
    );
    this.#child.once('error', (error) => resolve({ code: error.message, at: performance.now() }));
    this.closed = new Promise((done) => this.#child.once('close', () => done()));
    void this.closed.then(() => this.#end());
    this.#child.stdin?.on('error', () => {
      // EPIPE: a server that is gone shows in `exited` and in the requests that it left open.
    });
    this.#child.stdout?.on('data', (chunk: Buffer) => this.onLines(this.#splitter.push(chunk)));
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  write(bytes: Buffer | string): void {
    this.#child.stdin?.write(bytes);
  }

  async request(method: string, params?: object): Promise<Result> {
    const { line } = await this.#ask(method, params);
    try {
      return resultOf(line);
    } catch (error) {
      throw new Error(`${method}: ${error instanceof Error ? error.message : error}`, { cause: error });
    }
  }

  /** A tool's answer, the last one where it answers in pieces. Throws when there is none; `resultOf` reads it. */
  async call(tool: ToolCall, until = performance.now() + ANSWER_TIMEOUT_MS): Promise<Answer> {
    const answer = await this.#ask('tools/call', { name: tool.name, arguments: tool.arguments });
    const next = tool.next?.(textOf(resultOf(answer.line)));
    if (next === undefined) return answer;
    if (answer.at > until) throw new Error(`${tool.name}: no last piece in ${ANSWER_TIMEOUT_MS} ms`);
    await sleep(NEXT_PIECE_MS);
    return this.call(next, until);
  }

  async #ask(method: string, params?: object): Promise<Answer> {
    const id = this.#nextId++;
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    this.#waiting.set(id, { resolve, reject });
    const late = () => reject(new Error(`${method}: no answer in ${ANSWER_TIMEOUT_MS} ms`));
    const timer = setTimeout(late, ANSWER_TIMEOUT_MS);
    this.write(`${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`);
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
      this.#waiting.delete(id);
    }
  }

  /** The handshake and the tool list; says when each was answered, in ms since the spawn. */
  async open(): Promise<{ initializeMs: number; listMs: number }> {
    const clientInfo = { name: 'bench', version: '1.0.0' };
    await this.request('initialize', { protocolVersion: PROTOCOL_VERSION, capabilities: {}, clientInfo });
    const initializeMs = performance.now() - this.startedAt;
    this.write('{"jsonrpc":"2.0","method":"notifications/initialized"}\n');
    const { tools } = await this.request('tools/list', {});
    const listMs = performance.now() - this.startedAt;
    if (Array.isArray(tools) && tools.length > 0) return { initializeMs, listMs };
    throw new Error('Expected tools in the answer to tools/list');
  }

  /** The text of `echo`'s answer. */
  async echo(message: string): Promise<string> {
    return textOf(await this.request('tools/call', { name: 'echo', arguments: { message } }));
  }

  /** Hands lines to the requests that wait for them, and answers what the server asks. */
  dispatch(lines: readonly Buffer[]): void {
    const at = performance.now();
    for (const line of lines) {
      const waiting = this.#waiting.get(answeredId(line) ?? Number.NaN);
      if (waiting) waiting.resolve({ line, at });
      else this.#takeOther(parse(line));
    }
  }

  /** Ends stdin and waits for the exit; kills the server after `graceMs`. */
  async close(graceMs = 5000): Promise<{ ms: number; code: number | string }> {
    const start = performance.now();
    this.#child.stdin?.end();
    const timer = setTimeout(() => killTree(this.pid), graceMs);
    const { code, at } = await this.exited;
    clearTimeout(timer);
    await this.closed;
    return { ms: at - start, code };
  }

  async kill(): Promise<void> {
    if (!this.#ended) killTree(this.pid);
    await this.closed;
  }

  #takeOther(message: Message | undefined): void {
    if (message?.method === undefined) {
      this.stray++;
      return;
    }
    const { id, method } = message;
    if (id === undefined) return;
    const reply = method === 'ping' ? { result: {} } : { error: { code: -32601, message: 'Not supported' } };
    this.write(`${JSON.stringify({ jsonrpc: '2.0', id, ...reply })}\n`);
  }

  async #end(): Promise<void> {
    this.#ended = true;
    const { code } = await this.exited;
    const ended = new Error(`The server ended (${code}) before it answered`);
    for (const { reject } of this.#waiting.values()) reject(ended);
  }
}
