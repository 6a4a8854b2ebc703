import { once } from 'node:events';
import { type ClientOptions, WebSocket } from 'ws';
import { initialize } from './http-client.ts';
import type { Frame } from './server-process.ts';

/** The server's way of closing a connection. */
export interface Closing {
  readonly code: number;
  readonly reason: string;
}

/** A client over WebSocket. */
export class WebSocketClient {
  readonly socket: WebSocket;
  readonly frames: Frame[] = [];
  readonly closed: Promise<Closing>;

  constructor(port: number, options: ClientOptions = {}) {
    this.socket = new WebSocket(`ws://127.0.0.1:${port}/ws`, 'mcp', options);
    this.socket.on('message', (data) => this.frames.push(JSON.parse(String(data))));
    this.socket.on('error', () => undefined); // `closed` tells
    this.closed = new Promise((resolve) => {
      this.socket.once('close', (code, reason) => resolve({ code, reason: String(reason) }));
    });
  }

  static async connect(port: number, options: ClientOptions = {}): Promise<WebSocketClient> {
    const client = new WebSocketClient(port, options);
    await once(client.socket, 'open');
    return client;
  }

  /** The same, and through the handshake. */
  static async open(
    port: number,
    version = '2025-11-25',
    capabilities: object = {},
  ): Promise<WebSocketClient> {
    const client = await WebSocketClient.connect(port);
    client.send(initialize(version, capabilities));
    await client.until(({ id }) => id === 'init');
    client.send({ jsonrpc: '2.0', method: 'notifications/initialized' });
    return client;
  }

  /** Sends a message; text as it is. */
  send(message: unknown): void {
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  async request(id: string | number, method: string, params: object = {}): Promise<Frame> {
    this.send({ jsonrpc: '2.0', id, method, params });
    return await this.until((frame) => frame.id === id && frame.method === undefined);
  }

  /** Resolves with the first frame, early or yet to come, that fits. */
  async until(fits: (frame: Frame) => boolean): Promise<Frame> {
    for (;;) {
      const found = this.frames.find(fits);
      if (found !== undefined) return found;
      if (this.socket.readyState === this.socket.CLOSED) throw new Error('Expected a frame, got the end');
      await Promise.race([new Promise((resolve) => this.socket.once('message', resolve)), this.closed]);
    }
  }
}
