import { isUtf8 } from 'node:buffer';
import { PassThrough } from 'node:stream';
import { type Application, createApplication } from '../../src/application/application.ts';
import type { Logger } from '../../src/application/ports/logger.ts';
import { localUser, type Principal } from '../../src/application/request-context.ts';
import { registerSurface, type Surface } from '../../src/application/surface.ts';
import { MAX_ANSWER_BYTES } from '../../src/domain/policy/answer-limit.ts';
import type { SessionId } from '../../src/domain/session/session-events.ts';
import type { SessionRepository } from '../../src/domain/session/session-repository.ts';
import { UuidV7Generator } from '../../src/infrastructure/identity/uuid-v7-generator.ts';
import { MemorySessionRepository } from '../../src/infrastructure/persistence/memory/session-repository.ts';
import { AesGcmStateSealer } from '../../src/infrastructure/sealing/aes-gcm-state-sealer.ts';
import { SystemClock } from '../../src/infrastructure/system/system-clock.ts';
import { LineFramer } from '../../src/presentation/jsonrpc/line-framer.ts';
import { notUtf8 } from '../../src/presentation/jsonrpc/parse.ts';
import { McpConnection } from '../../src/presentation/protocol/mcp-connection.ts';
import { FrameWriter } from '../../src/presentation/transport/frame-writer.ts';
import { fixtureIdentity } from '../fixtures/fixture-identity.ts';
import { fixtureSurface } from '../fixtures/fixture-surface.ts';
import { RecordingLogger } from '../unit/application/recording-logger.ts';
import { type Frame, modernMeta } from './server-process.ts';
import { plainSettings, withoutClaude } from './without-claude.ts';

export interface InMemoryOptions {
  readonly sessions?: SessionRepository;
  /** The offered surface; the fixture surface unless told otherwise. */
  readonly surface?: (application: Application) => Surface;
  /** True if the client's roots matter; they don't unless told otherwise. */
  readonly usesRoots?: boolean;
  /** The id that the client was told for its session, if it was. */
  readonly sessionId?: SessionId;
  readonly pageSize?: number;
  /** The caller; the local user unless told otherwise. */
  readonly principal?: Principal;
  readonly maxFrameBytes?: number;
  readonly maxMessageBytes?: number;
}

/** Milliseconds that a test waits for what must come; only a failing one gets there. */
const PATIENCE_MS = 10_000;

const silent: Logger = {
  enabled: () => false,
  error: () => undefined,
  warn: () => undefined,
  info: () => undefined,
  debug: () => undefined,
};

/** The fixture server without its process: the same engine, framing and writing, over a stream in memory. */
export class InMemoryConnection {
  readonly application: Application;
  readonly connection: McpConnection;
  /** Every frame so far, in order. */
  readonly frames: Frame[] = [];
  /** Messages to the operator about frames that could not be used. */
  readonly refused: string[] = [];
  /** The operator's log of everything else. */
  readonly log = new RecordingLogger();
  /** The failures that nobody foresaw. */
  readonly unexpected: unknown[] = [];
  /** Times that the client asked for the end of its session. */
  shutdowns = 0;
  private readonly framer: LineFramer;
  private readonly writer: FrameWriter;
  private rest = '';
  private waiting: (() => void)[] = [];

  constructor({
    sessions = new MemorySessionRepository(),
    surface = fixtureSurface,
    usesRoots = false,
    sessionId,
    pageSize = 100,
    principal = localUser,
    maxFrameBytes = MAX_ANSWER_BYTES,
    maxMessageBytes = 1 << 26,
  }: InMemoryOptions = {}) {
    this.application = build(sessions, surface);
    const sealer = new AesGcmStateSealer(undefined);
    const output = new PassThrough();
    output.setEncoding('utf8').on('data', (text: string) => this.take(text));
    this.writer = new FrameWriter({
      stream: output,
      write: output.write.bind(output),
      onBackpressure: () => undefined,
    });
    this.connection = new McpConnection({
      services: {
        application: this.application,
        server: fixtureIdentity,
        principal,
        logger: this.log,
        sealer: async () => sealer,
        pinRoots: usesRoots ? async () => undefined : undefined,
        sessionId,
        pageSize,
        onShutdown: () => {
          this.shutdowns += 1;
        },
      },
      sink: this.writer,
      maxFrameBytes,
      onUnexpected: (error) => `correlation-${this.unexpected.push(error)}`,
      onRefused: (reason) => this.refused.push(reason),
    });
    this.framer = new LineFramer({
      maxLineBytes: maxMessageBytes,
      decode: (bytes, start, end) => Buffer.from(bytes.buffer, bytes.byteOffset).toString('utf8', start, end),
      onLine: (line) => this.connection.peer.receive(line),
      isUtf8,
      onMalformed: (line) => this.connection.peer.take(notUtf8(line)),
      onOversized: () => this.connection.peer.refuseOversized(maxMessageBytes),
    });
  }

  /** Sends messages as lines, all in one chunk. */
  send(...messages: readonly unknown[]): void {
    this.write(messages.map((message) => `${JSON.stringify(message)}\n`).join(''));
  }

  /** Sends bytes as they are. */
  write(text: string): void {
    this.framer.push(Buffer.from(text));
  }

  /** Resolves with the first frame, early or yet to come, that fits. */
  async until(fits: (frame: Frame) => boolean, what = 'a frame'): Promise<Frame> {
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      const found = this.frames.find(fits);
      if (found !== undefined) return found;
      const left = deadline - Date.now();
      if (left <= 0) throw new Error(`Expected ${what}, got ${JSON.stringify(this.frames).slice(0, 2000)}`);
      await this.next(left);
    }
  }

  /** Resolves with the answer to the request of this id. */
  async answer(id: string | number): Promise<Frame> {
    const fits = (frame: Frame) => frame.id === id && frame.method === undefined;
    return await this.until(fits, `an answer to ${JSON.stringify(id).slice(0, 80)}`);
  }

  /** Resolves with the notification, or the request to the client, of this method. */
  async told(method: string): Promise<Frame> {
    return await this.until((frame) => frame.method === method, method);
  }

  /** Sends a request and resolves with its answer. */
  async request(id: string | number, method: string, params?: unknown): Promise<Frame> {
    this.send(requestOf(id, method, params));
    return await this.answer(id);
  }

  /** Legacy handshake; resolves with the answer to `initialize`, whose id is "init". */
  async initialize(protocolVersion = '2025-11-25', capabilities: object = {}): Promise<Frame> {
    const answer = await this.request('init', 'initialize', initializeParams(protocolVersion, capabilities));
    this.send({ jsonrpc: '2.0', method: 'notifications/initialized' });
    return answer;
  }

  /** Ends the connection; resolves when everything is written. */
  async close(deadline: Promise<unknown> = Promise.resolve()): Promise<void> {
    await this.connection.close(deadline);
    await this.writer.finish();
  }

  private take(text: string): void {
    const lines = (this.rest + text).split('\n');
    this.rest = lines.pop() as string;
    this.frames.push(...lines.map((line) => JSON.parse(line)));
    const { waiting } = this;
    this.waiting = [];
    for (const wake of waiting) wake();
  }

  private next(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.waiting.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
}

export const requestOf = (id: string | number, method: string, params?: unknown) => ({
  jsonrpc: '2.0',
  id,
  method,
  ...(params !== undefined && { params }),
});

/** The same with the `_meta` that makes it modern. */
export const modernRequestOf = (
  id: string | number,
  method: string,
  params: object = {},
  meta: Parameters<typeof modernMeta>[0] = {},
) => requestOf(id, method, { ...params, _meta: modernMeta(meta) });

export const initializeParams = (protocolVersion: string, capabilities: object = {}) => ({
  protocolVersion,
  capabilities,
  clientInfo: { name: 'test', version: '1.0.0' },
});

function build(sessions: SessionRepository, surface: (application: Application) => Surface): Application {
  const adapters = { sessions, clock: new SystemClock(), ids: new UuidV7Generator(), logger: silent };
  const application = createApplication({ ...withoutClaude(), ...adapters }, plainSettings);
  registerSurface(application, surface(application), {
    disabledTools: [],
    readOnly: false,
  });
  return application;
}
