import type { JsonObject } from '../../../domain/shared/json.ts';
import type { Exchange } from '../../jsonrpc/exchange.ts';
import type { RequestId } from '../../jsonrpc/message.ts';
import { invalidParams } from '../../jsonrpc/rpc-error.ts';
import { isOffered, type Offer } from '../capabilities.ts';
import { requireObject } from '../params.ts';
import type { ModernCall, ModernMethod } from './call.ts';
import { complete } from './result.ts';

const SUBSCRIPTION_ID = 'io.modelcontextprotocol/subscriptionId';
const MAX_STREAMS = 1024;
const MAX_RESOURCES = 256;

/** The kinds of list and the key under which a client asks to hear of their changes. */
const listKeys = {
  tools: 'toolsListChanged',
  resources: 'resourcesListChanged',
  prompts: 'promptsListChanged',
} as const;
export type List = keyof typeof listKeys;

interface Stream {
  readonly exchange: Exchange;
  readonly filter: JsonObject;
  readonly uris: ReadonlySet<string>;
  end(): void;
}

/** The open `subscriptions/listen` requests of one connection. */
export class Streams {
  private readonly open = new Map<RequestId, Stream>();

  listChanged(list: List): void {
    for (const stream of this.open.values()) {
      if (stream.filter[listKeys[list]] === true) tell(stream, `notifications/${list}/list_changed`, {});
    }
  }

  resourceUpdated(uri: string): void {
    for (const stream of this.open.values()) {
      if (stream.uris.has(uri)) tell(stream, 'notifications/resources/updated', { uri });
    }
  }

  /** Ends every stream with its result. */
  endAll(): void {
    for (const stream of [...this.open.values()]) stream.end();
  }

  /** Resolves when the stream ends: by `endAll`, or silently when the client cancels it. */
  hold(exchange: Exchange, filter: JsonObject): Promise<void> {
    if (this.open.size >= MAX_STREAMS)
      throw invalidParams(`Expected at most ${MAX_STREAMS} open subscriptions; cancel one first`);
    return new Promise((resolve) => {
      const end = () => {
        this.open.delete(exchange.id);
        resolve();
      };
      const uris = new Set((filter['resourceSubscriptions'] ?? []) as readonly string[]);
      this.open.set(exchange.id, { exchange, filter, uris, end });
      exchange.signal.addEventListener('abort', end, { once: true });
    });
  }
}

/** MCP 2026-07-28, basic/patterns/subscriptions: what is honoured is said first, then only what was asked for. */
export const listen: ModernMethod = {
  async run(call) {
    const { exchange, params, streams } = call;
    const filter = honoured(call, requireObject(params, 'notifications'));
    const ended = streams.hold(exchange, filter);
    exchange.notify('notifications/subscriptions/acknowledged', {
      ...subscriptionMeta(exchange),
      notifications: filter,
    });
    await ended;
    // The specification names both this result and a cancellation as the end; clients take the two, in this order, as graceful.
    exchange.onceAnswered(() =>
      call.notify('notifications/cancelled', {
        requestId: exchange.id,
        reason: 'The server is stopping',
        ...subscriptionMeta(exchange),
      }),
    );
    return complete(call, subscriptionMeta(exchange));
  },
};

function tell({ exchange }: Stream, method: string, params: JsonObject): void {
  exchange.notify(method, { ...params, ...subscriptionMeta(exchange) });
}

const subscriptionMeta = ({ id }: Exchange) => ({ _meta: { [SUBSCRIPTION_ID]: id } });

/** The part of the filter that this server can keep. */
function honoured({ services }: ModernCall, asked: JsonObject): JsonObject {
  const offered = (list: Offer) => isOffered(list, services.application);
  const lists = (Object.keys(listKeys) as List[]).filter(
    (list) => asked[listKeys[list]] === true && offered(list),
  );
  return {
    ...Object.fromEntries(lists.map((list) => [listKeys[list], true])),
    ...(offered('resources') && resourcesOf(asked)),
  };
}

function resourcesOf({ resourceSubscriptions: uris }: JsonObject): JsonObject {
  if (uris === undefined) return {};
  if (!Array.isArray(uris) || uris.some((uri) => typeof uri !== 'string') || uris.length > MAX_RESOURCES) {
    throw invalidParams(`Expected "resourceSubscriptions" to be an array of at most ${MAX_RESOURCES} URIs`);
  }
  return { resourceSubscriptions: uris };
}
