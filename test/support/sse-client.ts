import { type HttpAnswer, HttpClient, initialize } from './http-client.ts';
import type { Frame } from './server-process.ts';

/** A client of HTTP+SSE, as revision 2024-11-05 has it. */
export class SseClient {
  readonly stream: HttpAnswer;
  /** The path to which messages are posted. */
  readonly path: string;
  private readonly client: HttpClient;

  private constructor(client: HttpClient, stream: HttpAnswer, path: string) {
    this.client = client;
    this.stream = stream;
    this.path = path;
  }

  /** Opens a stream and waits for its first event. */
  static async connect(port: number): Promise<SseClient> {
    const client = new HttpClient(port);
    const stream = await client.ask({
      method: 'GET',
      path: '/sse',
      headers: { Accept: 'text/event-stream' },
    });
    const endpoint = await stream.untilEvent(({ event }) => event === 'endpoint');
    return new SseClient(client, stream, endpoint.data);
  }

  /** The same, and through the handshake. */
  static async open(port: number, version = '2024-11-05', capabilities: object = {}): Promise<SseClient> {
    const client = await SseClient.connect(port);
    await client.post(initialize(version, capabilities));
    await client.stream.until(({ id }) => id === 'init');
    await client.post({ jsonrpc: '2.0', method: 'notifications/initialized' });
    return client;
  }

  /** Posts a message; resolves when it is taken. */
  async post(body: unknown, path = this.path): Promise<HttpAnswer> {
    const answer = await this.client.ask({ path, headers: { 'Content-Type': 'application/json' }, body });
    await answer.ended;
    return answer;
  }

  /** Posts a request and resolves with its answer. */
  async request(id: string | number, method: string, params: object = {}): Promise<Frame> {
    await this.post({ jsonrpc: '2.0', id, method, params });
    return await this.stream.until((frame) => frame.id === id && frame.method === undefined);
  }
}
