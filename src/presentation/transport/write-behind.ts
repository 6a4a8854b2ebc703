import type { Writable } from 'node:stream';

/** The part of a stream over a descriptor that Node.js doesn't show. */
interface Internals {
  readonly _handle?: { setBlocking?(isBlocking: boolean): number } | null;
  _write?: unknown;
  _writev?: unknown;
}

/**
 * Lets a stream that is stdout or stderr wait for its reader without the process: on Windows Node.js gives both, where they are
 * pipes, a `_write` of their own that holds the whole process up (`makeSyncWrite` in its lib/net.js). Without it the stream writes
 * as every other does, and libuv has a thread for a pipe that can't wait by itself. What is written last may be lost at
 * `process.exit`: only for who waits before.
 */
export function writeBehind<S extends Writable>(stream: S): S {
  const internals = stream as Internals;
  if (process.platform !== 'win32' || !Object.hasOwn(stream, '_write')) return stream;
  delete internals._write;
  delete internals._writev;
  internals._handle?.setBlocking?.(false);
  return stream;
}
