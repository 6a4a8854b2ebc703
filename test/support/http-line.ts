import { isJsonObject, type JsonValue } from '../../src/domain/shared/json.ts';
import { claimedVersion, claimsModern } from '../../src/presentation/protocol/classify.ts';
import { type HttpAnswer, HttpClient, jsonHeaders, modernHeaders } from './http-client.ts';
import { NetworkLine } from './network-line.ts';
import type { NetworkServer } from './network-server.ts';
import type { Frame } from './server-process.ts';

/** A client over Streamable HTTP, of both eras at once: each message has the headers of its own. */
export class HttpLine extends NetworkLine {
  private readonly client: HttpClient;
  /** Of modern requests, by their ids. */
  private readonly controllers = new Map<JsonValue, AbortController>();
  private session: Readonly<Record<string, string>> = {};

  constructor(server: NetworkServer) {
    super(server);
    this.client = new HttpClient(server.port);
  }

  /** Answers come where the message was posted: once the server has answered others, it has answered this. */
  override async settle(): Promise<void> {
    await this.hasArrived();
    await this.hasArrived();
  }

  protected override async post(text: string): Promise<void> {
    const message = readMessage(text);
    if (this.cancelsModern(message)) return;
    const { signal } = this.controllerOf(message);
    const answered = this.client.ask({ headers: this.headersOf(message), body: text, signal });
    const taken = answered.then((answer) => this.take(answer)).catch((error) => error);
    if (message['method'] === 'initialize' || message['id'] === undefined) await taken;
    else await Promise.race([taken, this.hasArrived()]);
    if (message['method'] === 'notifications/initialized') await this.listen();
  }

  private headersOf(message: Frame): Record<string, string> {
    if (!isModern(message)) return { ...jsonHeaders, ...this.session };
    const { method, params } = message;
    const version = claimedVersion(params);
    return {
      ...modernHeaders(method, params),
      ...(version !== undefined && { 'MCP-Protocol-Version': version }),
    };
  }

  private controllerOf(message: Frame): AbortController {
    const controller = new AbortController();
    if (isModern(message)) this.controllers.set(message['id'], controller);
    return controller;
  }

  /** Closing its response is how a request of 2026-07-28 is cancelled. */
  private cancelsModern({ method, params }: Frame): boolean {
    if (method !== 'notifications/cancelled') return false;
    const controller = this.controllers.get(params?.requestId);
    controller?.abort();
    return controller !== undefined || this.session['Mcp-Session-Id'] === undefined;
  }

  private async take(answer: HttpAnswer): Promise<void> {
    const id = answer.headers['mcp-session-id'];
    if (typeof id === 'string') this.session = { 'Mcp-Session-Id': id };
    answer.onFrame = (frame) => this.received.push(frame);
    if (answer.headers['content-type'] === 'application/json') this.received.push(await answer.json());
  }

  private async listen(): Promise<void> {
    const stream = await this.client.ask({ method: 'GET', headers: { ...jsonHeaders, ...this.session } });
    if (stream.status === 200) stream.onFrame = (frame) => this.received.push(frame);
  }

  /** Earlier messages are with the server: it takes connections one after the other. */
  private async hasArrived(): Promise<void> {
    await (await this.client.ask({ method: 'GET', path: '/livez' })).ended;
  }
}

const isModern = ({ params }: Frame) => isJsonObject(params) && claimsModern(params);

function readMessage(text: string): Frame {
  try {
    const message = JSON.parse(text);
    return isJsonObject(message) ? message : {};
  } catch {
    return {};
  }
}
