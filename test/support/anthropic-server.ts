import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { modelNames } from '../../src/infrastructure/claude/model-table.ts';
import { type AnthropicReply, answer } from './anthropic-replies.ts';
import { judgeBody, judgeHeaders, type Refusal } from './anthropic-request.ts';
import type { Frame } from './server-process.ts';

/** A request to the API, and how to answer it. */
export interface AnthropicExchange {
  readonly body: Frame;
  readonly inputTokens: number;
  readonly response: ServerResponse;
  /** Writes a server-sent event, named by its type. */
  event(event: Frame): void;
}

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  /** Parsed; undefined without one. */
  readonly body: Frame;
  /** When the client closed the connection before it had the whole answer. */
  readonly aborted: Promise<void>;
}

export interface AnthropicServerOptions {
  /** Key and certificate, PEM: serves HTTPS then. */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** Of every model. */
  readonly contextWindow?: number;
}

/**
 * A server that speaks Anthropic's Messages API on a port of 127.0.0.1: it refuses what the API refuses, counts four characters as
 * a token, and answers what it is told to, else that it heard the question.
 */
export class AnthropicServer {
  readonly url: string;
  /** All requests so far, refused ones too. */
  readonly requests: SeenRequest[] = [];
  private readonly replies: AnthropicReply[] = [];
  private readonly server: ReturnType<typeof createServer>;
  private readonly contextWindow: number;

  private constructor(server: ReturnType<typeof createServer>, url: string, contextWindow: number) {
    this.server = server;
    this.url = url;
    this.contextWindow = contextWindow;
  }

  static async start({
    tls,
    contextWindow = 200_000,
  }: AnthropicServerOptions = {}): Promise<AnthropicServer> {
    const listener: RequestListener = (request, response) => void anthropic.handle(request, response);
    const server = tls ? createTlsServer(tls, listener) : createServer(listener);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const url = tls ? `https://localhost:${port}` : `http://127.0.0.1:${port}`;
    const anthropic = new AnthropicServer(server, url, contextWindow);
    return anthropic;
  }

  /** The next requests for messages are treated like that, one each. */
  next(...replies: AnthropicReply[]): void {
    this.replies.push(...replies);
  }

  /** The bodies of all requests for messages. */
  get messageBodies(): Frame[] {
    return this.requests.filter(({ path }) => path === '/v1/messages').map(({ body }) => body);
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url: path = '', headers } = request;
    const aborted = new Promise<void>((resolve) => {
      response.on('close', () => {
        if (!response.writableFinished) resolve();
      });
    });
    const body = await readJson(request);
    this.requests.push({ method, path, headers, body, aborted });
    const refusal = judgeHeaders(headers);
    if (refusal) return refuse(response, refusal);
    const [, model] = /^\/v1\/models\/([^/?]+)$/.exec(path) ?? [];
    if (method === 'GET' && model && modelNames.includes(model))
      return sendJson(response, { id: model, type: 'model', max_input_tokens: this.contextWindow });
    if (method === 'POST' && path === '/v1/messages/count_tokens') return this.count(headers, body, response);
    if (method === 'POST' && path === '/v1/messages') return await this.answer(headers, body, response);
    refuse(response, { status: 404, type: 'not_found_error', message: 'Not found' });
  }

  private count(headers: IncomingMessage['headers'], body: Frame, response: ServerResponse): void {
    const refusal = judgeBody(headers, body, true);
    if (refusal) refuse(response, refusal);
    else sendJson(response, { input_tokens: tokensOf(body) });
  }

  private async answer(
    headers: IncomingMessage['headers'],
    body: Frame,
    response: ServerResponse,
  ): Promise<void> {
    const inputTokens = tokensOf(body);
    const refusal = judgeBody(headers, body, false) ?? this.judgeLength(inputTokens);
    if (refusal) return refuse(response, refusal);
    const reply = this.replies.shift() ?? answer(`You said: ${lastText(body)}`);
    await reply({ body, inputTokens, response, event: (event) => writeEvent(response, event) });
  }

  private judgeLength(tokens: number): Refusal | undefined {
    if (tokens <= this.contextWindow) return undefined;
    const message = `prompt is too long: ${tokens} tokens > ${this.contextWindow} maximum`;
    return { status: 400, type: 'invalid_request_error', message };
  }
}

async function readJson(request: IncomingMessage): Promise<Frame> {
  let text = '';
  for await (const piece of request.setEncoding('utf8')) text += piece;
  return text === '' ? undefined : JSON.parse(text);
}

function refuse(response: ServerResponse, { status, type, message }: Refusal): void {
  sendJson(response, { type: 'error', error: { type, message }, request_id: 'req_test' }, status);
}

function sendJson(response: ServerResponse, value: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json', 'request-id': 'req_test' });
  response.end(JSON.stringify(value));
}

function writeEvent(response: ServerResponse, event: Frame): void {
  if (!response.headersSent) {
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'request-id': 'req_test' });
  }
  response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
}

function tokensOf({ system, messages }: Frame): number {
  return Math.ceil(JSON.stringify([system, messages]).length / 4);
}

function lastText({ messages }: Frame): string {
  const { content } = messages.at(-1);
  return typeof content === 'string' ? content : content.map((block: Frame) => block.text ?? '').join('');
}
