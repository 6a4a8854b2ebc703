import { NetworkLine } from './network-line.ts';
import type { NetworkServer } from './network-server.ts';
import { WebSocketClient } from './web-socket-client.ts';

/** A client over WebSocket. */
export class WebSocketLine extends NetworkLine {
  private readonly client: WebSocketClient;

  private constructor(server: NetworkServer, client: WebSocketClient) {
    super(server);
    this.client = client;
    client.socket.on('message', (data) => this.received.push(JSON.parse(String(data))));
  }

  static async open(server: NetworkServer): Promise<WebSocketLine> {
    return new WebSocketLine(server, await WebSocketClient.connect(server.port));
  }

  protected override async post(text: string): Promise<void> {
    this.client.send(text);
  }
}
