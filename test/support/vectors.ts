import type { Test } from 'uvu';
import * as assert from 'uvu/assert';
import type { JsonValue } from '../../src/domain/shared/json.ts';
import { AuditedServer } from './audited-server.ts';
import { mismatch } from './frame-pattern.ts';
import { type Frame, modernMeta, type ServerKind, type ServerOptions } from './server-process.ts';

/** Servers on which a vector must hold: the product in both its forms, where it has what the vector needs. */
export const product = ['bundle', 'binary'] as const satisfies readonly ServerKind[];
export const fixture = ['fixture'] as const satisfies readonly ServerKind[];

export interface VectorTitle {
  /** Its number in the table of test vectors. */
  readonly vector: number;
  readonly what: string;
  readonly on: readonly ServerKind[];
}

/** Bytes that go in, and the frames that must come out: these, in any order, and no others. */
export interface Exchange extends VectorTitle {
  /** The revision of the session in which it happens; without one, nothing was said before. */
  readonly session?: string;
  /** Lines; text and bytes as they are, anything else as JSON. */
  readonly sent: readonly unknown[];
  /** Patterns (frame-pattern.ts). */
  readonly answered: readonly JsonValue[];
}

/** Registers the exchange as a test for each of its servers, which must live on after it and end well. */
export function testExchange(test: Test, { session, sent, answered, ...title }: Exchange): void {
  testScenario(test, title, async (server) => {
    if (session !== undefined) await server.initialize(session);
    const before = server.frames.length;
    for (const line of sent) sendLine(server, line);
    await expectAlive(server);
    await expectEnd(server);
    expectFrames(
      server.frames.slice(before).filter(({ id }) => id !== ALIVE),
      answered,
    );
  });
}

function sendLine(server: AuditedServer, line: unknown): void {
  if (typeof line === 'string' || line instanceof Uint8Array) {
    server.write(line);
    server.write('\n');
  } else server.send(line);
}

function expectFrames(frames: readonly Frame[], patterns: readonly JsonValue[]): void {
  const open = [...patterns];
  for (const frame of frames) {
    const at = open.findIndex((pattern) => mismatch(pattern, frame, new Map()) === undefined);
    if (at === -1) throw new Error(`Expected one of ${JSON.stringify(open)}, got ${JSON.stringify(frame)}`);
    open.splice(at, 1);
  }
  if (open.length > 0) throw new Error(`Expected ${JSON.stringify(open)} too, got ${JSON.stringify(frames)}`);
}

/** Registers a test for each server of the vector; the server is started for it and does not outlive it. */
export function testScenario(
  test: Test,
  { vector, what, on }: VectorTitle,
  run: (server: AuditedServer) => Promise<void>,
  options: ServerOptions = {},
): void {
  for (const kind of on) {
    test(`${vector}: ${what} (${kind})`, async () => {
      const server = new AuditedServer(kind, options);
      try {
        await run(server);
      } finally {
        server.kill();
      }
    });
  }
}

const ALIVE = 'alive';

/** The server still answers, and has said by then what it has to say at once to all that came before. */
export async function expectAlive(server: AuditedServer): Promise<void> {
  assert.equal(await server.request(ALIVE, 'ping'), { jsonrpc: '2.0', id: ALIVE, result: {} });
}

/** The server ends by itself when its input does, with 0, without a stack trace, and each of its frames is valid. */
export async function expectEnd(server: AuditedServer): Promise<void> {
  server.end();
  await expectExit(server);
}

/** The same, but for the end of input. */
export async function expectExit(server: AuditedServer): Promise<void> {
  assert.equal(await server.exit(), { code: 0, signal: null });
  assert.not.match(server.stderr, /^\s+at /m);
}

export const request = (id: unknown, method: unknown, params?: unknown) => ({
  jsonrpc: '2.0',
  id,
  method,
  ...(params !== undefined && { params }),
});
export const notification = (method: string, params?: object) => ({
  jsonrpc: '2.0',
  method,
  ...(params && { params }),
});
/** A request that carries its revision with it. */
export const modern = (id: unknown, method: string, params: object = {}, capabilities: object = {}) =>
  request(id, method, { ...params, _meta: modernMeta({ capabilities }) });

/** The pattern of a result; anything without one. */
export const result = (id: string | number, value: JsonValue = '…'): JsonValue => ({
  jsonrpc: '2.0',
  id,
  result: value,
});
/** The pattern of an error; without an id where the request had none that could be answered. */
export const error = (code: number, id?: string | number, data: JsonValue = '…'): JsonValue => ({
  jsonrpc: '2.0',
  ...(id !== undefined && { id }),
  error: { code, message: '…', data },
});
/** The pattern of a tool's result: this text, or anything. */
export const text = (value = '…') => ({ content: [{ type: 'text', text: value }], '…': '…' });
/** The pattern of a tool's failure. */
export const failed = { isError: true, '…': '…' };
