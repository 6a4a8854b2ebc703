import type { Application } from '../../../../application/application.ts';
import type { GetTool } from '../../../../application/queries/get-tool.ts';
import { classifyPost } from '../../../protocol/http/classify-post.ts';
import type { HttpExchange } from '../http-exchange.ts';
import { type FrameLimits, readFrame } from '../receiving/read-frame.ts';
import { ReceiveBudget } from '../receiving/receive-budget.ts';
import type { Endpoint } from '../routes.ts';
import { KeepAlive } from '../sending/keep-alive.ts';
import { LegacyEndpoint, type LegacyEndpointOptions } from './legacy-endpoint.ts';
import { ModernEndpoint, type ModernEndpointOptions } from './modern-endpoint.ts';

export interface StreamableHttpOptions
  extends Omit<LegacyEndpointOptions, 'held'>,
    Omit<ModernEndpointOptions, 'held'> {
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
  private readonly modern: ModernEndpoint;
  private readonly limits: FrameLimits;

  constructor(options: StreamableHttpOptions) {
    const { maxMessageBytes, budget = new ReceiveBudget(maxMessageBytes) } = options;
    this.options = options;
    this.limits = { maxMessageBytes, budget };
    const held = new KeepAlive();
    this.legacy = new LegacyEndpoint({ ...options, held });
    this.modern = new ModernEndpoint({ ...options, held });
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
    if (posted.era === 'modern') {
      if (posted.request) this.modern.post(posted.request, posted.envelope, exchange);
      else exchange.empty(202);
    } else if (posted.era === 'legacy') await this.legacy.post(frame, exchange);
    else exchange.refuse(posted.refusal, posted.id);
  }
}
