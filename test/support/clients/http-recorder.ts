import {
  request as ask,
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

/** A proxy before a server that reads which revision its clients speak. */
export class HttpRecorder {
  /** The revision that was last agreed on, or named by a request. */
  revision: string | undefined;
  private readonly server: Server;
  private readonly port: number;

  private constructor(server: Server, port: number) {
    this.server = server;
    this.port = port;
    server.on('request', (request, response) => this.pass(request, response));
  }

  /** Starts a proxy before the server at this port. */
  static async start(port: number): Promise<HttpRecorder> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new HttpRecorder(server, port);
  }

  /** The address of a path, by way of the proxy. */
  url(path: string): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}${path}`;
  }

  /** Stops listening and drops every connection. */
  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }

  private pass(request: IncomingMessage, response: ServerResponse): void {
    const { method, url, headers } = request;
    const named = headers['mcp-protocol-version'];
    if (typeof named === 'string') this.revision = named;
    const passed = ask({ host: '127.0.0.1', port: this.port, method, path: url, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.on('data', (bytes: Buffer) => this.read(bytes.toString('latin1')));
      answer.on('error', () => response.destroy());
      answer.pipe(response);
    });
    passed.on('error', () => response.destroy());
    response.on('close', () => passed.destroy());
    request.pipe(passed);
  }

  private read(text: string): void {
    this.revision = /"protocolVersion":"([\d-]+)"/.exec(text)?.[1] ?? this.revision;
  }
}
