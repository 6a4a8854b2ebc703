import { createServer, type IncomingMessage, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';

/** An HTTP proxy on a port of 127.0.0.1, that tunnels (CONNECT) and forwards, as firewalls have them. */
export class ConnectProxy {
  readonly port: number;
  /** Targets that went through, as in "localhost:8443" and "http://127.0.0.1:8080/path". */
  readonly passed: string[] = [];
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();

  private constructor(server: Server, credentials: string | undefined) {
    this.server = server;
    this.port = (server.address() as AddressInfo).port;
    const wanted = credentials === undefined ? undefined : `Basic ${btoa(credentials)}`;
    server.on('connection', (socket) => this.keep(socket));
    server.on('connect', (request: IncomingMessage, client: Socket) => {
      if (wanted !== undefined && request.headers['proxy-authorization'] !== wanted) {
        client.end('HTTP/1.1 407 Proxy Authentication Required\r\nproxy-authenticate: Basic\r\n\r\n');
        return;
      }
      this.tunnel(request.url ?? '', client);
    });
    server.on('request', (request, response) => {
      this.passed.push(request.url ?? '');
      response.writeHead(200, { 'content-type': 'text/plain', 'set-cookie': ['a=1', 'b=2'] });
      response.end('by the proxy');
    });
  }

  /** `credentials` as in "user:password": without them, it refuses. */
  static async start(credentials?: string): Promise<ConnectProxy> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new ConnectProxy(server, credentials);
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }

  private tunnel(target: string, client: Socket): void {
    this.passed.push(target);
    const { hostname, port } = new URL(`http://${target}`);
    const upstream = connect(Number(port), hostname, () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      client.pipe(upstream).pipe(client);
    });
    this.keep(upstream);
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => client.destroy());
  }

  private keep(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.sockets.delete(socket));
  }
}
