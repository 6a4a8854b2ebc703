import type { ServerResponse } from 'node:http';
import type { Frame } from '../../server-process.ts';

/** Answers with one JSON document. */
export function sendWhole(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(value));
}

/** Answers with server-sent events. Those that have a type are named by it. */
export function sendEvents(response: ServerResponse, events: readonly Frame[]): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const event of events) {
    if (event.type !== undefined) response.write(`event: ${event.type}\n`);
    response.write(`data: ${typeof event === 'string' ? event : JSON.stringify(event)}\n\n`);
  }
  response.end();
}

/** The text in a message, whose parts the APIs call by different names. */
export function textOf(content: Frame): string {
  if (typeof content === 'string') return content;
  if (Array.isArray(content)) return content.map(textOf).join('\n');
  return typeof content?.text === 'string' ? content.text : JSON.stringify(content ?? '');
}
