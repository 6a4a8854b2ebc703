import type { Application } from '../../../../application/application.ts';
import type { GetTool } from '../../../../application/queries/get-tool.ts';
import { countedName } from '../../../../application/request-context.ts';
import type { Batch, Message } from '../../../jsonrpc/message.ts';
import { classifyPost } from '../../../protocol/http/classify-post.ts';
import { tooManySubscriptions } from '../../../protocol/http/refusals.ts';
import type { McpConnection } from '../../../protocol/mcp-connection.ts';
import { Shares } from '../connections/shares.ts';
import type { HttpExchange } from '../http-exchange.ts';
import { type FrameLimits, readFrame } from '../receiving/read-frame.ts';
import { ReceiveBudget } from '../receiving/receive-budget.ts';
import type { Endpoint } from '../routes.ts';
import { KeepAlive } from '../sending/keep-alive.ts';
import { LegacyEndpoint, type LegacyEndpointOptions } from './legacy-endpoint.ts';
import { ModernReply } from './modern-reply.ts';

export interface StreamableHttpOptions extends Omit<LegacyEndpointOptions, 'held'> {
  readonly queries: Pick<Application['queries'], 'getTool'>;
  /** Bytes of one message. */
  readonly maxMessageBytes: number;
  /** Shared by the transports of one process. */
  readonly budget?: ReceiveBudget;
}

/** The one endpoint of MCP's Streamable HTTP, for both eras at once. */
export class StreamableHttp implements Endpoint {
  private readonly options: StreamableHttpOptions;
  private readonly legacy: LegacyEndpoint;
  private readonly limits: FrameLimits;
  private readonly held = new KeepAlive();
  /** Those that stay open until somebody ends them. */
  private readonly subscriptions: Shares<McpConnection>;

  constructor(options: StreamableHttpOptions) {
    const { maxMessageBytes, budget = new ReceiveBudget(maxMessageBytes) } = options;
    this.options = options;
    this.limits = { maxMessageBytes, budget };
    this.subscriptions = new Shares({ most: options.maxSessions, idleSince: () => undefined });
    this.legacy = new LegacyEndpoint({ ...options, held: this.held });
  }

  /** Takes one HTTP request and sees to it that it is answered. */
  async handle(exchange: HttpExchange): Promise<void> {
    switch (exchange.request.method) {
      case 'POST':
        return await this.post(exchange);
      case 'DELETE':
        return await this.legacy.end(exchange);
      case 'GET':
        this.legacy.listen(exchange);
        return;
      default:
        exchange.refuseMethod('GET', 'POST', 'DELETE');
    }
  }

  private async post(exchange: HttpExchange): Promise<void> {
    const frame = await readFrame(exchange, this.limits);
    if (frame === undefined) return;
    const { queries } = this.options;
    const tools = { getTool: (message: GetTool) => queries.getTool(message, exchange.principal) };
    const posted = classifyPost(frame, exchange.header, tools);
    if (posted.era === 'modern') this.serve(frame, exchange);
    else if (posted.era === 'legacy') await this.legacy.post(frame, exchange);
    else exchange.refuse(posted.refusal, posted.id);
  }

  private serve(frame: Message | Batch, exchange: HttpExchange): void {
    const isSubscription = frame.kind === 'request' && frame.method === 'subscriptions/listen';
    const owner = countedName(exchange.principal);
    const place = isSubscription ? this.subscriptions.placeFor(owner) : undefined;
    if (isSubscription && place === undefined) {
      exchange.refuse(tooManySubscriptions, frame.id);
      return;
    }
    place?.displaced?.endInput();
    const reply = new ModernReply(exchange, this.held);
    const connection = this.options.connect(reply, exchange.principal, () => undefined);
    const opened = { connection };
    this.options.connections.add(opened);
    if (isSubscription) this.subscriptions.add(owner, connection);
    exchange.response.once('close', () => {
      this.options.connections.delete(opened);
      this.subscriptions.delete(connection);
      reply.release();
      connection.release();
      // 2026-07-28: that is how a client cancels.
      if (connection.peer.requestsInFlight > 0)
        connection.peer.cancelAll(new Error('The client closed the response'));
    });
    connection.peer.take(frame, reply);
  }
}
