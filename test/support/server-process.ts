import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { executableOf } from '../../build/paths.ts';
import { hostTarget } from '../../build/targets.ts';
import { withOwnState } from './own-state.ts';
import { isWindows } from './windows.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A frame as it came, parsed. */
// biome-ignore lint/suspicious/noExplicitAny: tests look into frames of every shape
export type Frame = any;

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface ServerOptions {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Leave stdout unread until `read` is called. */
  readonly unread?: boolean;
}

/** The executable of `make build`; where there is none, and on Wine, where it is another's, that of `make dist` is taken. */
const ofThisMachine = `${root}dist/tfo-mcp`;

/** Commands that start each kind of server: the product as native binary and as bundle, and the fixture server. */
const commands = {
  binary: [isWindows || !existsSync(ofThisMachine) ? executableOf(hostTarget()) : ofThisMachine],
  bundle: [process.execPath, `${root}dist/tfo-mcp.cjs`],
  fixture: [process.execPath, `${root}dist/test/fixture-server.cjs`],
} as const;

export type ServerKind = keyof typeof commands;

/** The command of a server, for clients that start it themselves. */
export function serverCommand(kind: ServerKind): { command: string; args: string[] } {
  const [command, ...args] = commands[kind];
  const file = args.at(-1) ?? command;
  if (!existsSync(file)) throw new Error(`Expected ${file} to be built; run "make build"`);
  return { command, args };
}

/** Milliseconds that a test waits for what must come; only a failing one gets there. */
const PATIENCE_MS = 20_000;

/** A server spawned over real pipes, and everything that it wrote. */
export class ServerProcess {
  readonly child: ChildProcessWithoutNullStreams;
  /** Every frame so far, in order. */
  readonly frames: Frame[] = [];
  /** The same as text, without line ends; a line that is no JSON is here only, and fails `exit`. */
  readonly lines: string[] = [];
  stderr = '';
  private rest = '';
  private readonly exited: Promise<Exit>;
  /** The process has ended, and all that it wrote has been read. */
  private closed = false;
  private wake: () => void = () => undefined;

  constructor(kind: ServerKind, { args = [], env = {}, cwd, unread = false }: ServerOptions = {}) {
    const { command, args: first } = serverCommand(kind);
    this.child = spawn(command, [...first, ...args], {
      env: { PATH: process.env['PATH'] ?? '', ...withOwnState(env) },
      ...(cwd && { cwd }),
    });
    this.child.stdin.on('error', () => undefined); // a server that has gone: the test looks at its exit
    this.child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.stderr += text;
    });
    if (!unread) this.read();
    this.exited = new Promise((resolve) => {
      this.child.on('close', (code, signal) => resolve({ code, signal }));
    });
    void this.exited.then(() => {
      this.closed = true;
      this.wake();
    });
  }

  /** Starts to read stdout. */
  read(): void {
    this.child.stdout.setEncoding('utf8').on('data', (text: string) => this.take(text));
  }

  /** Sends a message as a line. */
  send(message: unknown): void {
    this.write(`${JSON.stringify(message)}\n`);
  }

  /** Sends bytes as they are. */
  write(bytes: string | Uint8Array): void {
    this.child.stdin.write(bytes);
  }

  /** Closes the server's input. */
  end(): void {
    this.child.stdin.end();
  }

  /** Resolves with the first frame, early or yet to come, that fits. */
  async until(fits: (frame: Frame) => boolean, what = 'a frame'): Promise<Frame> {
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      const found = this.frames.find(fits);
      if (found !== undefined) return found;
      const left = deadline - Date.now();
      if (left <= 0 || this.closed) {
        throw new Error(
          `Expected ${what}, got ${this.lines.join('\n') || 'nothing'} (stderr: ${this.stderr || 'nothing'})`,
        );
      }
      await this.next(left);
    }
  }

  /** Resolves with the answer to the request of this id. */
  async answer(id: string | number): Promise<Frame> {
    return await this.until(
      (frame) => frame.id === id && frame.method === undefined,
      `an answer to ${JSON.stringify(id)}`,
    );
  }

  /** Sends a request and resolves with its answer. */
  async request(id: string | number, method: string, params?: unknown): Promise<Frame> {
    this.send({ jsonrpc: '2.0', id, method, ...(params !== undefined && { params }) });
    return await this.answer(id);
  }

  /** Legacy handshake; resolves with the answer to `initialize`, whose id is "init". */
  async initialize(protocolVersion = '2025-11-25', capabilities: object = {}): Promise<Frame> {
    const clientInfo = { name: 'test', version: '1.0.0' };
    const answer = await this.request('init', 'initialize', { protocolVersion, capabilities, clientInfo });
    this.send({ jsonrpc: '2.0', method: 'notifications/initialized' });
    return answer;
  }

  /** Resolves when the process has ended; fails when it doesn't, or when stdout held anything but JSON lines. */
  async exit(): Promise<Exit> {
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        this.child.kill('SIGKILL');
        reject(new Error(`Expected the server to end; stderr: ${this.stderr || 'nothing'}`));
      }, PATIENCE_MS);
    });
    const exit = await Promise.race([this.exited, tooLate]).finally(() => clearTimeout(timer));
    if (this.rest !== '' || this.lines.length !== this.frames.length) {
      throw new Error(
        `Expected only whole JSON lines on stdout, got ${JSON.stringify([...this.lines, this.rest])}`,
      );
    }
    return exit;
  }

  /** Closes the input and resolves when the process has ended. */
  async close(): Promise<Exit> {
    this.end();
    return await this.exit();
  }

  /** Ends the process whatever it does: for `after` hooks. */
  kill(): void {
    if (this.child.exitCode === null) this.child.kill('SIGKILL');
  }

  private take(text: string): void {
    if (!text.includes('\n')) {
      this.rest += text; // joined once, at the end of its line: that can be 10 MiB away
      return;
    }
    const lines = (this.rest + text).split('\n');
    this.rest = lines.pop() as string;
    for (const line of lines) {
      this.lines.push(line);
      try {
        this.frames.push(JSON.parse(line));
      } catch {
        // no frame: `exit` tells
      }
    }
    this.wake();
  }

  private next(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      const others = this.wake;
      this.wake = () => {
        this.wake = () => undefined;
        clearTimeout(timer);
        resolve();
        others();
      };
    });
  }
}

const PREFIX = 'io.modelcontextprotocol/';

/** The `_meta` that makes a request modern. */
export function modernMeta(more: { capabilities?: object; version?: string; logLevel?: string } = {}) {
  return {
    [`${PREFIX}protocolVersion`]: more.version ?? '2026-07-28',
    [`${PREFIX}clientCapabilities`]: more.capabilities ?? {},
    [`${PREFIX}clientInfo`]: { name: 'test', version: '1.0.0' },
    ...(more.logLevel !== undefined && { [`${PREFIX}logLevel`]: more.logLevel }),
  };
}
