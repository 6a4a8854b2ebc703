import type { JsonObject } from '../../domain/shared/json.ts';
import type { Respond } from './collect-answers.ts';
import type { ExchangeChannel } from './exchange.ts';
import type { FrameSink, Reply, SendOptions } from './frame-sink.ts';

/** The way back for one frame that came: for its answer, and for all that belongs to its requests. */
export interface Route {
  readonly sink: FrameSink;
  readonly respond: Respond;
  readonly channel: ExchangeChannel;
}

/** The part of the connection that a route needs. */
export interface RoutedConnection {
  notifyOn(sink: FrameSink, method: string, params: JsonObject, options?: SendOptions): void;
  askOn(sink: FrameSink, method: string, params: JsonObject, signal: AbortSignal): Promise<unknown>;
}

/** The way back on a stream of the frame's own. */
export function routeTo(reply: Reply, connection: RoutedConnection): Route {
  return {
    sink: reply,
    respond: (answer, error) => reply.finish(answer, error),
    channel: {
      get trace() {
        return reply.trace;
      },
      notify: (method, params, options) => connection.notifyOn(reply, method, params, options),
      ask: (method, params, signal) => connection.askOn(reply, method, params, signal),
    },
  };
}
