import type { IncomingMessage } from 'node:http';
import { ByteCollector } from './byte-collector.ts';

export type Body =
  | { readonly collected: ByteCollector }
  | { readonly refused: 'too-large' | 'no-room' | 'broken' };

/** Takes room for so many bytes more. @returns false where there is none */
export type Reserve = (bytes: number) => boolean;

/**
 * Collects the body of a request. Of one that is longer than `maxBytes` as much again is read and dropped: a client that is
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
    const collector = new ByteCollector(maxBytes, reserve);
    let size = 0;
    let hasRoom = true;
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
      resolve(size <= maxBytes ? { collected: collector } : { refused: 'too-large' });
    });
    request.on('close', () => resolve({ refused: 'broken' }));
  });
}

/** Some clients begin with a byte order mark, which a parser may ignore (RFC 8259, section 8.1). */
export function withoutMark(text: string): string {
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}
