import { isUtf8 } from 'node:buffer';
import { encodeError } from '../jsonrpc/encode.ts';
import { LineFramer } from '../jsonrpc/line-framer.ts';
import type { Request } from '../jsonrpc/message.ts';
import { parseFrame } from '../jsonrpc/parse.ts';
import { INTERNAL_ERROR } from '../jsonrpc/rpc-error.ts';
import { readInput } from './input.ts';
import { claimStdout } from './stdout-guard.ts';

/** Milliseconds in which a client that has started the server sends its first request. */
const PATIENCE_MS = 10_000;

/** Bytes of a first request. */
const LONGEST = 1024 * 1024;

/**
 * Answers the first request on stdin with an error: of a server that only ends, clients tell their users no more than "Connection
 * closed". Resolves when the answer is written, at the end of the input, or after ten seconds without a request.
 */
export function answerFirstRequest(message: string): Promise<void> {
  const error = { code: INTERNAL_ERROR, message, data: { code: 'start.failed' } };
  const write = claimStdout();
  return new Promise((resolve) => {
    const end = () => resolve();
    let isAnswered = false;
    const answer = ({ id }: Request) => {
      if (!isAnswered) write(`${encodeError(id, error)}\n`, end);
      isAnswered = true;
    };
    const framer = new LineFramer({
      maxLineBytes: LONGEST,
      decode: (bytes, start, stop) => Buffer.from(bytes.subarray(start, stop)).toString('utf8'),
      isUtf8,
      onLine: (line) => {
        const frame = parseFrame(line);
        const messages = frame.kind === 'batch' ? frame.members : [frame];
        const first = messages.find((message) => message.kind === 'request');
        if (first) answer(first);
      },
      onMalformed: () => undefined,
      onOversized: end,
    });
    process.stdout.on('error', end);
    const endOfInput = () => {
      framer.end(); // the last line can be without its end
      if (!isAnswered) end();
    };
    readInput({ onBytes: (bytes) => framer.push(bytes), onEnd: endOfInput, onError: end });
    setTimeout(end, PATIENCE_MS);
  });
}
