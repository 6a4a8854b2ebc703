import type { IncomingMessage } from 'node:http';
import { andThen } from '../../../application/eventual.ts';
import { ByteCollector } from './byte-collector.ts';

export type Body = { readonly text: string } | { readonly refused: 'too-large' | 'no-room' | 'broken' };

const TOO_LARGE: Body = { refused: 'too-large' };

/** Whether there is room for so many bytes more. */
export type Reserve = (bytes: number) => boolean;

/**
 * Reads the body of a request as UTF-8. Of one that is longer than `maxBytes` as much again is read and dropped: a client that is
 * still writing when its connection is closed never sees why. Whoever refuses a longer one closes the connection. One that there is
 * no room for is refused at once, and the rest dropped as it comes.
 */
export function readBody(
  request: IncomingMessage,
  maxBytes: number,
  reserve: Reserve = () => true,
): Promise<Body> {
  const announced = Number(request.headers['content-length'] ?? 0);
  if (announced > maxBytes * 2) return Promise.resolve({ refused: 'too-large' });
  return new Promise((resolve) => {
    const collector = new ByteCollector(reserve);
    let size = 0;
    let hasRoom = true;
    let isWhole = false;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (hasRoom && size <= maxBytes) hasRoom = collector.add(chunk);
      else collector.clear();
      if (!hasRoom) resolve({ refused: 'no-room' });
      if (size <= maxBytes * 2 || !hasRoom) return;
      request.pause();
      resolve({ refused: 'too-large' });
    });
    request.on('end', () => {
      isWhole = true;
      const body =
        size > maxBytes ? TOO_LARGE : andThen(collector.takeText(), (text) => ({ text: withoutMark(text) }));
      collector.clear(); // the request lives for as long as its response
      resolve(body);
    });
    request.on('close', () => {
      if (!isWhole) resolve({ refused: 'broken' });
    });
  });
}

/** Some clients begin with a byte order mark, which a parser may ignore (RFC 8259, section 8.1). */
export function withoutMark(text: string): string {
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}
