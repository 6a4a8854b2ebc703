import { fstatSync } from 'node:fs';
import { Socket } from 'node:net';

export interface InputListener {
  /** The bytes are the caller's again when this returns. */
  readonly onBytes: (bytes: Uint8Array) => void;
  readonly onEnd: () => void;
  readonly onError: (error: Error) => void;
}

/** The process's input from its client. */
export interface Input {
  pause(): void;
  resume(): void;
}

/** The reason for an end that is no client's: the input is no pipe, and holds nothing, as with `</dev/null`. */
export const UNHEARD =
  'end of input before a message: an MCP client starts it and writes to its input; clients on the network need --transport http';

/** As much as a pipe holds on Linux. */
const BUFFER_BYTES = 65_536;

/**
 * Reads standard input. A pipe or a socket, as clients give it, is read into one buffer, again and again: Node.js's own stream
 * makes a new one for each read and takes it through a dozen functions.
 */
export function readInput(listener: InputListener): Input {
  const { onBytes, onEnd, onError } = listener;
  const stream = isPipe() ? reusingSocket(onBytes) : process.stdin.on('data', onBytes);
  stream.on('end', onEnd).on('error', onError);
  return stream;
}

/** A file, a terminal and whatever else may be given are for Node.js to recognise, as is an input that was closed before. */
export function isPipe(): boolean {
  try {
    const stats = fstatSync(0);
    return stats.isFIFO() || stats.isSocket();
  } catch {
    return false;
  }
}

function reusingSocket(onBytes: InputListener['onBytes']): Socket {
  const buffer = Buffer.allocUnsafeSlow(BUFFER_BYTES);
  const callback = (length: number) => {
    onBytes(buffer.subarray(0, length));
    return true;
  };
  return new Socket({ fd: 0, readable: true, writable: false, onread: { buffer, callback } }).resume();
}
