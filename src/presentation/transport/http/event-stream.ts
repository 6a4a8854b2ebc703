import type { ServerResponse } from 'node:http';
import type { SendOptions } from '../../jsonrpc/frame-sink.ts';

/** Bytes that wait for a slow reader before what can be left out is left out, and before the reader is given up. */
const DROP_BYTES = 1024 * 1024;
const MAX_WAITING_BYTES = 16 * 1024 * 1024;

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

/** Server-sent events as the body of a response (WHATWG HTML, 9.2). A reader that falls too far behind is disconnected. */
export class EventStream {
  private readonly response: ServerResponse;

  /** Sends the head at once: clients wait for it. */
  constructor(response: ServerResponse) {
    this.response = response;
    response.writeHead(200, HEADERS);
    response.flushHeaders();
  }

  /** Data of several lines would be several fields: ours is JSON, which has none. */
  send({ data, id, event, droppable }: ServerSentEvent): void {
    const waiting = this.response.writableLength;
    if (droppable && waiting > DROP_BYTES) return;
    if (waiting > MAX_WAITING_BYTES) this.response.destroy();
    else
      this.write(
        `${event === undefined ? '' : `event: ${event}\n`}${id === undefined ? '' : `id: ${id}\n`}data: ${data}\n\n`,
      );
  }

  /** Tells the client after how many milliseconds to come back once the stream has ended. */
  retryAfter(ms: number): void {
    this.write(`retry: ${ms}\n\n`);
  }

  /** A comment, so that nobody between us thinks the connection dead. */
  keepAlive(): void {
    if (this.response.writableLength === 0) this.write(':\n\n');
  }

  end(): void {
    this.response.end();
  }

  private write(text: string): void {
    if (!this.response.writableEnded) this.response.write(text);
  }
}
