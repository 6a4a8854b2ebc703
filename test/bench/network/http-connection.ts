import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

const END_OF_HEAD = Buffer.from('\r\n\r\n');

export interface HttpResponse {
  readonly status: number;
  readonly head: string;
  readonly body: string;
}

/** A kept connection that has one request under way: as little work as can be, since it shares the machine with the server. */
export class HttpConnection {
  private readonly socket: Socket;
  private chunks: Buffer = Buffer.alloc(0);
  private settle: ((response: HttpResponse) => void) | undefined;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.setNoDelay(true);
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => this.take(bytes));
  }

  static async open(port: number): Promise<HttpConnection> {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    return new HttpConnection(socket);
  }

  request(text: string): Promise<HttpResponse> {
    this.socket.write(text);
    return new Promise((resolve) => {
      this.settle = resolve;
    });
  }

  /** Sends a request whose answer is a stream; resolves with its beginning. @param onText told of all that comes */
  async stream(text: string, onText: (text: string) => void): Promise<void> {
    this.socket.removeAllListeners('data').setEncoding('latin1').on('data', onText);
    this.socket.write(text);
    await once(this.socket, 'data');
  }

  close(): void {
    this.socket.destroy();
  }

  private take(bytes: Buffer): void {
    this.chunks = this.chunks.length === 0 ? bytes : Buffer.concat([this.chunks, bytes]);
    const response = readResponse(this.chunks);
    if (response === undefined) return;
    this.chunks = Buffer.alloc(0);
    this.settle?.(response);
  }
}

/** The response, once it is whole: by its length, or in one or more chunks. */
function readResponse(bytes: Buffer): HttpResponse | undefined {
  const end = bytes.indexOf(END_OF_HEAD);
  if (end === -1) return undefined;
  const head = bytes.toString('latin1', 0, end);
  const start = end + END_OF_HEAD.length;
  const status = Number(head.slice(9, 12));
  const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
  if (length !== undefined) {
    if (bytes.length < start + Number(length)) return undefined;
    return { status, head, body: bytes.toString('utf8', start, start + Number(length)) };
  }
  if (!/\r\ntransfer-encoding: chunked/i.test(head)) return { status, head, body: '' };
  const rest = bytes.toString('utf8', start);
  return rest.endsWith('0\r\n\r\n')
    ? { status, head, body: rest.replace(/(?:^|\r\n)[0-9a-f]+\r\n/g, '') }
    : undefined;
}
