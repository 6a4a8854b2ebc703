import { Agent, type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import { type Frame, modernMeta } from './server-process.ts';
import { type ServerSentEvent, SseParser } from './sse-parser.ts';

export interface HttpAsk {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text and bytes as they are, anything else as JSON. */
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
}

/** A response, which may go on for as long as its stream is open. */
export class HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** The text that came so far. */
  text = '';
  readonly events: ServerSentEvent[] = [];
  /** Resolves when nothing follows; says whether the response was whole. */
  readonly ended: Promise<'whole' | 'broken'>;
  private readonly response: IncomingMessage;
  private listener: ((frame: Frame) => void) | undefined;

  constructor(response: IncomingMessage) {
    this.response = response;
    this.status = response.statusCode ?? 0;
    this.headers = response.headers;
    const parser = new SseParser((event) => {
      this.events.push(event);
      if (isFrame(event)) this.listener?.(JSON.parse(event.data));
    });
    const isStream = this.headers['content-type'] === 'text/event-stream';
    response.setEncoding('utf8').on('data', (text: string) => {
      this.text += text;
      if (isStream) parser.push(text);
    });
    response.on('error', () => undefined); // `ended` tells
    this.ended = new Promise((resolve) => {
      response.once('close', () => resolve(response.complete ? 'whole' : 'broken'));
    });
  }

  /** Told of every frame, those that have come already first. */
  set onFrame(listener: (frame: Frame) => void) {
    for (const frame of this.frames) listener(frame);
    this.listener = listener;
  }

  /** The JSON of a whole body. */
  async json(): Promise<Frame> {
    await this.ended;
    return JSON.parse(this.text);
  }

  /** The frames that came so far on a stream; a priming event is none. */
  get frames(): Frame[] {
    return this.events.filter(isFrame).map(({ data }) => JSON.parse(data));
  }

  /** Resolves with the first frame, early or yet to come, that fits. */
  async until(fits: (frame: Frame) => boolean): Promise<Frame> {
    const { data } = await this.untilEvent((event) => isFrame(event) && fits(JSON.parse(event.data)));
    return JSON.parse(data);
  }

  /** The same for events of every kind. */
  async untilEvent(fits: (event: ServerSentEvent) => boolean): Promise<ServerSentEvent> {
    for (;;) {
      const found = this.events.find(fits);
      if (found !== undefined) return found;
      if (this.response.closed) throw new Error(`Expected an event, got the end after ${this.text}`);
      await Promise.race([new Promise((resolve) => this.response.once('data', resolve)), this.ended]);
    }
  }

  /** Closes the connection before the response is over. */
  close(): void {
    this.response.destroy();
  }

  /** Reads nothing for now. */
  pause(): void {
    this.response.pause();
  }

  resume(): void {
    this.response.resume();
  }
}

const isFrame = ({ event, data }: ServerSentEvent) => event !== 'endpoint' && data !== '';

/** Sends requests as they are written in a test: nothing is added that the test is about. */
export class HttpClient {
  private readonly port: number;
  private readonly agent: Agent | false;

  /** @param keepsConnections whether requests share connections; otherwise each has one of its own */
  constructor(port: number, keepsConnections = false) {
    this.port = port;
    this.agent = keepsConnections ? new Agent({ keepAlive: true }) : false;
  }

  /** Resolves when the head of the response is there. */
  ask({ method = 'POST', path = '/mcp', headers = {}, body, signal }: HttpAsk): Promise<HttpAnswer> {
    const isRaw = typeof body === 'string' || body instanceof Uint8Array;
    return new Promise((resolve, reject) => {
      const { port, agent } = this;
      const sent = request({ host: '127.0.0.1', port, method, path, headers, agent, signal });
      sent.on('response', (response) => resolve(new HttpAnswer(response)));
      sent.on('error', reject);
      sent.end(body === undefined || isRaw ? body : JSON.stringify(body));
    });
  }

  /** A request of 2026-07-28 with the headers that it must have. */
  modern(method: string, params: Frame = {}, { headers = {}, id = 1, meta = {}, signal }: ModernAsk = {}) {
    const body = {
      jsonrpc: '2.0',
      id,
      method,
      params: { ...params, _meta: { ...modernMeta(meta), ...params._meta } },
    };
    return this.ask({ headers: { ...modernHeaders(method, params), ...headers }, body, signal });
  }

  close(): void {
    if (this.agent) this.agent.destroy();
  }
}

interface ModernAsk {
  readonly id?: string | number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly meta?: Parameters<typeof modernMeta>[0];
  readonly signal?: AbortSignal | undefined;
}

const json = { 'Content-Type': 'application/json' };
export const jsonHeaders = { ...json, Accept: 'application/json, text/event-stream' };

export function modernHeaders(method: string, params: Frame = {}): Record<string, string> {
  const name = method === 'resources/read' ? params.uri : params.name;
  return {
    ...jsonHeaders,
    'MCP-Protocol-Version': '2026-07-28',
    'Mcp-Method': method,
    ...(typeof name === 'string' && { 'Mcp-Name': name }),
  };
}

/** A legacy session over Streamable HTTP. */
export class HttpSession {
  readonly client: HttpClient;
  readonly headers: Readonly<Record<string, string>>;

  private constructor(client: HttpClient, id: string) {
    this.client = client;
    this.headers = { ...jsonHeaders, 'Mcp-Session-Id': id };
  }

  get id(): string {
    return this.headers['Mcp-Session-Id'] as string;
  }

  static async open(
    client: HttpClient,
    version = '2025-11-25',
    capabilities: object = {},
  ): Promise<HttpSession> {
    const answer = await client.ask({ headers: jsonHeaders, body: initialize(version, capabilities) });
    await answer.ended;
    const session = new HttpSession(client, String(answer.headers['mcp-session-id']));
    const confirmed = await session.post({ jsonrpc: '2.0', method: 'notifications/initialized' });
    if (confirmed.status !== 202) throw new Error(`Expected 202, got ${confirmed.status}`);
    return session;
  }

  post(body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<HttpAnswer> {
    return this.client.ask({ headers: { ...this.headers, ...headers }, body });
  }

  request(id: string | number, method: string, params: object = {}): Promise<HttpAnswer> {
    return this.post({ jsonrpc: '2.0', id, method, params });
  }

  call(id: string | number, name: string, args: object = {}, meta: object = {}): Promise<HttpAnswer> {
    return this.request(id, 'tools/call', { name, arguments: args, _meta: meta });
  }

  /** The stream for what belongs to no request, or the rest of one that broke. */
  listen(lastEventId?: string): Promise<HttpAnswer> {
    const headers = { ...this.headers, ...(lastEventId !== undefined && { 'Last-Event-ID': lastEventId }) };
    return this.client.ask({ method: 'GET', headers });
  }

  end(): Promise<HttpAnswer> {
    return this.client.ask({ method: 'DELETE', headers: this.headers });
  }
}

export const initialize = (protocolVersion = '2025-11-25', capabilities: object = {}) => ({
  jsonrpc: '2.0',
  id: 'init',
  method: 'initialize',
  params: { protocolVersion, capabilities, clientInfo: { name: 'test', version: '1.0.0' } },
});
