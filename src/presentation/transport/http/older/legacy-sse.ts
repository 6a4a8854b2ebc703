import { randomUUID } from 'node:crypto';
import { countedName, isSamePrincipal, type Principal } from '../../../../application/request-context.ts';
import type { SessionId } from '../../../../domain/session/session-events.ts';
import type { FrameSink, SendOptions } from '../../../jsonrpc/frame-sink.ts';
import { streamMissing, streamNotFound, tooManySessions } from '../../../protocol/http/refusals.ts';
import type { McpConnection } from '../../../protocol/mcp-connection.ts';
import type { Connect } from '../../connect.ts';
import type { Admission } from '../admission/admission.ts';
import { limitPost } from '../admission/limit-frame.ts';
import type { OpenConnection, OpenConnections } from '../connections/open-connections.ts';
import { Shares } from '../connections/shares.ts';
import type { HttpExchange } from '../http-exchange.ts';
import { type FrameLimits, readFrame } from '../receiving/read-frame.ts';
import { ReceiveBudget } from '../receiving/receive-budget.ts';
import type { Endpoint } from '../routes.ts';
import { EventStream } from '../sending/event-stream.ts';
import { KeepAlive } from '../sending/keep-alive.ts';
import { replyOn } from './reply-on.ts';

export interface LegacySseOptions {
  readonly connect: Connect;
  readonly connections: OpenConnections;
  /** Path to which the stream says that messages are to be posted. */
  readonly messagesPath: string;
  /** Bytes of one message. */
  readonly maxMessageBytes: number;
  /** Shared by the transports of one process. */
  readonly budget?: ReceiveBudget;
  /** Streams at once. */
  readonly maxSessions: number;
  /** Counts what one POST has beyond its first message; absent where there is no rate. */
  readonly countMessages?: Admission['countMessages'] | undefined;
}

/** One client's connection, which lasts as long as its stream. */
interface SseConnection extends OpenConnection {
  readonly principal: Principal;
  readonly connection: McpConnection;
  readonly stream: EventStream;
}

/**
 * HTTP+SSE of revision 2024-11-05, deprecated since: a stream by GET that says where to post, and carries every answer. The
 * connection ends with its stream.
 */
export class LegacySse {
  private readonly options: LegacySseOptions;
  /** By the ids that the streams have told their clients: those of the first sessions on them. */
  private readonly byId = new Map<string, SseConnection>();
  private readonly limits: FrameLimits;
  private readonly shares: Shares<SseConnection>;
  private readonly held = new KeepAlive();

  constructor(options: LegacySseOptions) {
    const { maxMessageBytes, budget = new ReceiveBudget(maxMessageBytes) } = options;
    this.options = options;
    this.limits = { maxMessageBytes, budget };
    this.shares = new Shares({ most: options.maxSessions, idleSince: () => undefined });
  }

  /** GET of the stream. */
  readonly stream: Endpoint = { handle: async (exchange) => this.open(exchange) };

  /** POST of a message. */
  readonly messages: Endpoint = { handle: (exchange) => this.post(exchange) };

  private open(exchange: HttpExchange): void {
    if (exchange.request.method !== 'GET') {
      exchange.refuseMethod('GET');
      return;
    }
    const { principal, response } = exchange;
    const { connections } = this.options;
    const place = this.shares.placeFor(countedName(principal));
    if (place === undefined) {
      exchange.refuse(tooManySessions(false));
      return;
    }
    place.displaced?.stream.end();
    const id = randomUUID() as SessionId;
    const stream = new EventStream(exchange);
    stream.send({ event: 'endpoint', data: `${this.options.messagesPath}?sessionId=${id}` });
    const connection = this.options.connect({
      sink: sinkOf(stream),
      principal,
      onShutdown: () => stream.end(),
      sessionId: id,
    });
    const opened = { principal, connection, stream, end: () => stream.end() };
    this.byId.set(id, opened);
    this.shares.add(countedName(principal), opened);
    connections.add(opened);
    this.held.hold(stream);
    response.once('close', () => {
      this.held.release(stream);
      this.byId.delete(id);
      this.shares.delete(opened);
      connections.delete(opened);
      void connection.close(Promise.resolve());
    });
  }

  private async post(exchange: HttpExchange): Promise<void> {
    if (exchange.request.method !== 'POST') {
      exchange.refuseMethod('POST');
      return;
    }
    const id = new URLSearchParams(exchange.request.url?.split('?', 2)[1]).get('sessionId');
    const opened = id === null ? undefined : this.byId.get(id);
    if (!opened || !isSamePrincipal(opened.principal, exchange.principal)) {
      exchange.refuse(id === null ? streamMissing : streamNotFound);
      return;
    }
    const frame = await readFrame(exchange, this.limits);
    if (frame === undefined) return;
    const { principal, held } = exchange;
    held?.keep();
    exchange.empty(202);
    const { countMessages } = this.options;
    const limited = await limitPost(frame, { ...opened, principal, countMessages });
    opened.connection.peer.take(
      limited,
      replyOn(sinkOf(opened.stream), () => held?.release()),
    );
  }
}

function sinkOf(stream: EventStream): FrameSink {
  return {
    send: (data: string, options?: SendOptions) => stream.send({ event: 'message', data, ...options }),
  };
}
