import type { Exchange } from '../../../../src/presentation/jsonrpc/exchange.ts';
import type { Reply } from '../../../../src/presentation/jsonrpc/frame-sink.ts';
import type { Message, Notification, Request } from '../../../../src/presentation/jsonrpc/message.ts';
import { parseFrame } from '../../../../src/presentation/jsonrpc/parse.ts';
import { Peer } from '../../../../src/presentation/jsonrpc/peer.ts';

// biome-ignore lint/suspicious/noExplicitAny: tests look into frames of every shape
type Frame = any;

export interface Call {
  readonly request: Request;
  readonly exchange: Exchange;
  answer(result: unknown): void;
  fail(error: unknown): void;
}

export interface DeskOptions {
  /** Handles requests; without it each is held until the test answers it. */
  readonly handle?: (request: Request, exchange: Exchange) => unknown;
  readonly explain?: (error: unknown, request: Request) => unknown;
  readonly acceptsBatch?: (members: readonly Message[]) => boolean;
  readonly notice?: (notification: Notification) => void;
  readonly maxFrameBytes?: number;
}

/** A peer with a protocol that the test plays, and everything that left it. */
export function openPeer({
  handle,
  explain,
  acceptsBatch,
  notice,
  maxFrameBytes = 1 << 20,
}: DeskOptions = {}) {
  const texts: string[] = [];
  const options: unknown[] = [];
  const calls: Call[] = [];
  const notices: Notification[] = [];
  const refused: string[] = [];
  const unexpected: unknown[][] = [];
  const hold = (request: Request, exchange: Exchange) => {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    calls.push({ request, exchange, answer: resolve, fail: reject });
    return promise;
  };
  const peer = new Peer({
    sink: {
      send: (frame, given) => {
        texts.push(frame);
        options.push(given);
      },
    },
    protocol: () => ({
      handle: handle ?? hold,
      explain: explain ?? ((error) => error),
      notice: notice ?? ((notification) => notices.push(notification)),
      acceptsBatch: acceptsBatch ?? (() => true),
    }),
    maxFrameBytes,
    onUnexpected: (...failure) => `correlation-${unexpected.push(failure)}`,
    onRefused: (reason) => refused.push(reason),
  });
  return {
    peer,
    texts,
    options,
    calls,
    notices,
    refused,
    unexpected,
    frames: (): Frame[] => texts.map((text) => JSON.parse(text)),
    receive: (message: unknown) => peer.receive(JSON.stringify(message)),
    receiveOn: (reply: Reply, message: unknown) => peer.take(parseFrame(JSON.stringify(message)), reply),
  };
}

export const request = (id: string | number, method = 'work', params?: object) => ({
  jsonrpc: '2.0',
  id,
  method,
  ...(params && { params }),
});

/** Lets everything happen that can happen now. */
export const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
