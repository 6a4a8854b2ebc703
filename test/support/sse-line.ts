import { NetworkLine } from './network-line.ts';
import type { NetworkServer } from './network-server.ts';
import { SseClient } from './sse-client.ts';

/** A client over HTTP+SSE. */
export class SseLine extends NetworkLine {
  private readonly client: SseClient;

  private constructor(server: NetworkServer, client: SseClient) {
    super(server);
    this.client = client;
    client.stream.onFrame = (frame) => this.received.push(frame);
  }

  static async open(server: NetworkServer): Promise<SseLine> {
    return new SseLine(server, await SseClient.connect(server.port));
  }

  protected override async post(text: string): Promise<void> {
    const { status } = await this.client.post(text);
    if (status !== 202) throw new Error(`Expected 202, got ${status}`);
  }
}
