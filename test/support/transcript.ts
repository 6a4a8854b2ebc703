import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonObject, JsonValue } from '../../src/domain/shared/json.ts';
import { fill, mismatch, type Variables } from './frame-pattern.ts';
import type { ServerKind } from './server-process.ts';
import { type Line, openLine, type TransportName, transportNames } from './transcript-line.ts';

/**
 * A conversation with a server, as text:
 *
 *     # a comment, best with the section of the specification
 *     server fixture {"pageSize": 2}     which server, with its settings; `server product` is tfo-mcp itself
 *     on stdio websocket                 over which transports; without this line over all that the server offers
 *     let meta = {"a": 1}                a name for a value, used as "<meta>"
 *     > {"jsonrpc": "2.0", …}            a frame that is sent; a line that starts otherwise is sent as it is
 *     < {"jsonrpc": "2.0", …}            the next frame that comes must fit this pattern (frame-pattern.ts)
 *     & {"jsonrpc": "2.0", …}            and so must one more, before or after it
 *     < (nothing)                        the server has nothing to say to what was sent
 *     > (end of input)                   stdin is closed; on the network the server is asked to stop
 *     < (exit 0)                         no more frames, and the process ends with this code
 *
 * A line that is indented goes on with the one before. The server is started in an empty folder of its own, `"<folder>"`. A
 * transcript without `(exit …)` ends with its last two lines unwritten.
 */
export interface Transcript {
  readonly server: 'product' | 'fixture';
  readonly settings: JsonObject;
  readonly transports: readonly TransportName[];
  readonly steps: readonly Step[];
}

interface Step {
  /** Counted from 1. */
  readonly line: number;
  readonly kind: 'let' | 'send' | 'receive';
  /** One; several for frames that may come in any order. */
  readonly texts: string[];
}

const NOTHING = '(nothing)';
const END_OF_INPUT = '(end of input)';
const EXIT = /^\(exit (\d+)\)$/;

const kinds: ReadonlyMap<string, Step['kind']> = new Map([
  ['let', 'let'],
  ['>', 'send'],
  ['<', 'receive'],
]);

/** @throws Error that names the line which can't be read */
export function parseTranscript(text: string): Transcript {
  const steps: Step[] = [];
  let head: RegExpExecArray | undefined;
  let transports: readonly TransportName[] = transportNames;
  for (const { line, statement } of statements(text)) {
    const [, word = '', rest = ''] = /^(\S+)\s+(.*)$/s.exec(statement) ?? [];
    const server = word === 'server' ? /^(product|fixture)\s*(\{.*\})?$/s.exec(rest) : null;
    const kind = kinds.get(word);
    const last = steps.at(-1);
    if (server && !head) head = server;
    else if (word === 'on') transports = readTransports(rest, line);
    else if (kind) steps.push({ line, kind, texts: [rest] });
    else if (word === '&' && last?.kind === 'receive') last.texts.push(rest);
    else throw new Error(`Line ${line}: expected "server", "on", "let", ">", "<" or "&", got "${statement}"`);
  }
  if (!head) throw new Error('Expected a line "server product" or "server fixture", got none');
  const server = head[1] as Transcript['server'];
  return { server, settings: JSON.parse(head[2] ?? '{}'), transports, steps };
}

function readTransports(text: string, line: number): readonly TransportName[] {
  return text.split(' ').map((word) => {
    const name = transportNames.find((known) => known === word);
    if (name === undefined)
      throw new Error(`Line ${line}: expected ${transportNames.join(', ')}, got "${word}"`);
    return name;
  });
}

function statements(text: string): { line: number; statement: string }[] {
  const found: { line: number; statement: string }[] = [];
  for (const [at, line] of text.split('\n').entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const last = found.at(-1);
    if (/^\s/.test(line) && last) last.statement += ` ${line.trim()}`;
    else found.push({ line: at + 1, statement: line });
  }
  return found;
}

/** True if the server has something to say after the end of its input, which over the network is a signal. */
export function answersItsEnd({ steps }: Transcript): boolean {
  const end = steps.findIndex(({ kind, texts }) => kind === 'send' && texts[0] === END_OF_INPUT);
  const later = end < 0 ? [] : steps.slice(end + 1);
  return later.some(
    ({ kind, texts: [text = ''] }) => kind === 'receive' && text !== NOTHING && !EXIT.test(text),
  );
}

/** A place where a transcript is played. */
export interface Stage {
  readonly kind: ServerKind;
  readonly transport: TransportName;
}

/** Stages on which a transcript must hold: the product as it is shipped, in both forms; the engine over every transport. */
export function stagesOf({ server, transports }: Transcript): readonly Stage[] {
  return server === 'product'
    ? [
        { kind: 'bundle', transport: 'stdio' },
        { kind: 'binary', transport: 'stdio' },
      ]
    : transports.map((transport) => ({ kind: 'fixture', transport }));
}

/**
 * Plays a transcript with a server of its own, whose frames are audited too, and resolves with the frames that were sent.
 * @throws Error that names the line at which the server deviates
 */
export async function play({ settings, steps }: Transcript, stage: Stage): Promise<readonly JsonValue[]> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'transcript-')));
  const server = await openLine(stage.transport, { ...stage, cwd: folder, settings });
  try {
    return await new Player(server, folder).play(steps);
  } finally {
    server.kill();
    rmSync(folder, { recursive: true });
  }
}

class Player {
  private readonly server: Line;
  private readonly variables: Variables;
  private readonly sent: JsonValue[] = [];
  /** Frames that have been looked at. */
  private seen = 0;
  private exited = false;

  constructor(server: Line, folder: string) {
    this.server = server;
    this.variables = new Map([['folder', folder]]);
  }

  async play(steps: readonly Step[]): Promise<readonly JsonValue[]> {
    for (const step of steps) {
      try {
        await this.take(step);
      } catch (error) {
        throw new Error(`Line ${step.line}: ${(error as Error).message}`, { cause: error });
      }
    }
    this.server.end();
    if (!this.exited) await this.expectExit(0);
    return this.sent;
  }

  private async take({ kind, texts }: Step): Promise<void> {
    const [text = ''] = texts;
    const exit = EXIT.exec(text);
    if (kind === 'let') this.define(text);
    else if (kind === 'send') await this.send(text);
    else if (exit) await this.expectExit(Number(exit[1]));
    else if (text === NOTHING) await this.expectSilence();
    else await this.expectFrames(texts.map((pattern) => JSON.parse(pattern)));
  }

  private define(text: string): void {
    const [, name, value] = /^(\w+) = (.*)$/s.exec(text) ?? [];
    if (name === undefined || value === undefined)
      throw new Error(`Expected "let name = JSON", got "${text}"`);
    this.variables.set(name, fill(JSON.parse(value), this.variables));
  }

  private async send(text: string): Promise<void> {
    if (text === END_OF_INPUT) this.server.end();
    else if (/^[{[]/.test(text)) await this.sendFrame(fill(JSON.parse(text), this.variables));
    else await this.server.write(text);
  }

  private async sendFrame(frame: JsonValue): Promise<void> {
    this.sent.push(frame);
    await this.server.write(JSON.stringify(frame));
  }

  /** The next frames, as many as there are patterns: each takes the first pattern that it fits. */
  private async expectFrames(patterns: JsonValue[]): Promise<void> {
    while (patterns.length > 0) {
      const frame = await this.nextFrame();
      const problems = patterns.map((pattern) => mismatch(pattern, frame, new Map(this.variables)));
      const fitting = problems.indexOf(undefined);
      if (fitting === -1) throw new Error(`${problems.join('\nor ')}\n${JSON.stringify(frame)}`);
      const [pattern = null] = patterns.splice(fitting, 1);
      mismatch(pattern, frame, this.variables); // it fits: this keeps the names that it gives
    }
  }

  private nextFrame(): Promise<JsonValue> {
    const at = this.seen++;
    return this.server.until((candidate) => candidate === this.server.frames[at]);
  }

  private async expectSilence(): Promise<void> {
    await this.server.settle();
    const [frame] = this.server.frames.slice(this.seen);
    if (frame !== undefined) throw new Error(`Expected nothing, got ${JSON.stringify(frame)}`);
  }

  private async expectExit(code: number): Promise<void> {
    this.exited = true;
    const exit = await this.server.exit();
    const rest = this.server.frames.slice(this.seen);
    if (rest.length > 0) throw new Error(`Expected nothing more, got ${JSON.stringify(rest)}`);
    if (exit.code !== code) throw new Error(`Expected exit code ${code}, got ${JSON.stringify(exit)}`);
  }
}
