import type { IncomingMessage } from 'node:http';

export type Body = { readonly text: string } | { readonly refused: 'too-large' | 'broken' };

/**
 * Reads the body of a request as UTF-8. Of one that is longer than `maxBytes` as much again is read and dropped: a client that is
 * still writing when its connection is closed never sees why. Whoever refuses a longer one closes the connection.
 */
export function readBody(request: IncomingMessage, maxBytes: number): Promise<Body> {
  const announced = Number(request.headers['content-length'] ?? 0);
  if (announced > maxBytes * 2) return Promise.resolve({ refused: 'too-large' });
  return new Promise((resolve) => {
    let chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBytes) chunks.push(chunk);
      else chunks = [];
      if (size <= maxBytes * 2) return;
      request.pause();
      resolve({ refused: 'too-large' });
    });
    request.on('end', () => {
      resolve(size <= maxBytes ? { text: decode(chunks) } : { refused: 'too-large' });
      chunks = []; // the request lives for as long as its response
    });
    request.on('close', () => resolve({ refused: 'broken' }));
  });
}

function decode(chunks: readonly Buffer[]): string {
  const [first] = chunks;
  return withoutMark((chunks.length === 1 && first ? first : Buffer.concat(chunks)).toString('utf8'));
}

/** Some clients begin with a byte order mark, which a parser may ignore (RFC 8259, section 8.1). */
export function withoutMark(text: string): string {
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}
