import type { SendOptions } from '../../../jsonrpc/frame-sink.ts';
import { type HttpExchange, LARGE } from '../http-exchange.ts';

/** Bytes that wait for a slow reader before what can be left out is left out. */
const DROP_BYTES = 1024 * 1024;

const HEADERS = {
  'Content-Type': 'text/event-stream',
  'Cache-Control': 'no-cache, no-transform',
  // nginx would hold events back (https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_buffering).
  'X-Accel-Buffering': 'no',
};

export interface ServerSentEvent extends SendOptions {
  readonly data: string;
  readonly id?: string | undefined;
  readonly event?: string;
}

/** Server-sent events as the body of a response (WHATWG HTML, 9.2). A reader that falls too far behind is cut off. */
export class EventStream {
  private readonly exchange: HttpExchange;

  /** Sends the head at once: clients wait for it. */
  constructor(exchange: HttpExchange) {
    const { response } = exchange;
    this.exchange = exchange;
    response.writeHead(200, HEADERS);
    response.flushHeaders();
  }

  /** Data of several lines would be several fields: ours is JSON, which has none. */
  send({ data, id, event, droppable }: ServerSentEvent): void {
    if (droppable && this.exchange.response.writableLength > DROP_BYTES) return;
    const head = `${event === undefined ? '' : `event: ${event}\n`}${id === undefined ? '' : `id: ${id}\n`}data: `;
    if (data.length < LARGE) this.write(`${head}${data}\n\n`);
    else for (const part of [head, data, '\n\n']) this.write(part);
  }

  /** Tells the client after how many milliseconds to come back once the stream has ended. */
  retryAfter(ms: number): void {
    this.write(`retry: ${ms}\n\n`);
  }

  /** A comment, so that nobody between us thinks the connection dead. */
  keepAlive(): void {
    if (this.exchange.response.writableLength === 0) this.write(':\n\n');
  }

  end(): void {
    this.exchange.response.end();
  }

  private write(text: string): void {
    if (!this.exchange.response.writableEnded) this.exchange.write(text);
  }
}
