import { readFileSync } from 'node:fs';
import * as assert from 'uvu/assert';
import type { ServerProcess } from './server-process.ts';

const MIB = 1024 * 1024;

/** So many bytes of one text, again and again. */
const fill = (bytes: number, text: string) => Buffer.alloc(bytes, text);

const joined = (...parts: readonly (string | Buffer)[]) =>
  Buffer.concat(parts.map((part) => Buffer.from(part)));

const call = (before: string, bytes: number, text: string, after: string) =>
  joined(
    `{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"echo","arguments":${before}`,
    fill(bytes, text),
    `${after}}}`,
  );

const names = Array.from({ length: 199_000 }, (_, at) => `"k${at}":1`).join();

export interface HostileMessage {
  readonly what: string;
  /** The message, of about so many bytes. */
  readonly make: (bytes: number) => Buffer;
  /** The name of the error that it is answered with; none: a tool's result says what is wrong. */
  readonly code?: string;
}

/** Messages that cost whoever reads them far more than whoever writes them. */
export const hostileMessages: readonly HostileMessage[] = [
  {
    what: 'a batch of numbers',
    make: (bytes) => joined('[1', fill(bytes, ',1'), ']'),
    code: 'batch.too-long',
  },
  {
    what: 'a batch of objects',
    make: (bytes) => joined('[{}', fill(bytes, ',{}'), ']'),
    code: 'batch.too-long',
  },
  {
    what: 'numbers',
    make: (bytes) => call('{"message":[1', bytes, ',1', ']}'),
    code: 'json.too-many-values',
  },
  {
    what: 'empty objects',
    make: (bytes) => call('{"message":[{}', bytes, ',{}', ']}'),
    code: 'json.too-many-values',
  },
  {
    what: 'equal names',
    make: (bytes) => call('{"message":1', bytes, ',"k":1', '}'),
    code: 'json.too-many-values',
  },
  {
    what: 'names of prototypes',
    make: (bytes) => call('{"message":1', bytes, ',"__proto__":{}', '}'),
    code: 'json.too-many-values',
  },
  { what: 'opening brackets', make: (bytes) => fill(bytes, '['), code: 'json.too-deep' },
  { what: 'opening objects', make: (bytes) => fill(bytes, '{"a":'), code: 'json.too-deep' },
  {
    what: 'an unterminated string',
    make: (bytes) => call('{"message":"', bytes, 'x', ''),
    code: 'json.invalid',
  },
  { what: 'quotes', make: (bytes) => fill(bytes, '"'), code: 'json.invalid' },
  { what: 'white space and a bracket', make: (bytes) => joined(fill(bytes, ' '), ']'), code: 'json.invalid' },
  { what: 'a number', make: (bytes) => call('{"message":', bytes, '1', '}') },
  { what: 'a string', make: (bytes) => call('{"message":1,"k":"', bytes, 'x', '"}') },
  { what: 'escapes', make: (bytes) => call('{"message":1,"k":"', bytes & ~1, '\\"', '"}') },
  {
    what: 'escaped halves of pairs',
    make: (bytes) => call('{"message":1,"k":"', bytes - (bytes % 6), '\\ud800', '"}'),
  },
  { what: 'white space inside', make: (bytes) => call('{"message":1', bytes, ' ', '}') },
  { what: '199,000 names', make: () => call('{', 0, '', `${names}}`) },
];

/** Fails if the process ever had 400 MiB of memory; where the system doesn't tell, it can't. */
export function expectLittleMemory({ child }: ServerProcess): void {
  if (process.platform !== 'linux') return;
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
  const peak = Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024;
  assert.ok(peak < 400 * MIB, `${Math.round(peak / MIB)} MiB`);
}
