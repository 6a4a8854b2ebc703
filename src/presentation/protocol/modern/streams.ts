import type { JsonObject } from '../../../domain/shared/json.ts';
import type { Exchange } from '../../jsonrpc/exchange.ts';
import type { RequestId } from '../../jsonrpc/message.ts';
import { invalidParams } from '../../jsonrpc/rpc-error.ts';

const SUBSCRIPTION_ID = 'io.modelcontextprotocol/subscriptionId';
const MAX_STREAMS = 1024;
export const MAX_RESOURCES = 256;

/** The kinds of list and the key under which a client asks to hear of their changes. */
export const listKeys = {
  tools: 'toolsListChanged',
  resources: 'resourcesListChanged',
  prompts: 'promptsListChanged',
} as const;
export type List = keyof typeof listKeys;

/** One `subscriptions/listen`, which is told nothing until it is told what is honoured. */
class Stream {
  /** Resolves when the stream ends: by `end`, or silently when the client cancels it. */
  readonly ended: Promise<void>;
  readonly end: () => void;
  /** Resources that were asked for. */
  readonly claimed: number;
  private readonly exchange: Exchange;
  private filter: JsonObject = {};
  private uris: ReadonlySet<string> = new Set();

  constructor(exchange: Exchange, claimed: number, onEnd: () => void) {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.exchange = exchange;
    this.claimed = claimed;
    this.ended = promise;
    this.end = () => {
      onEnd();
      resolve();
    };
    exchange.signal.addEventListener('abort', this.end, { once: true });
  }

  acknowledge(filter: JsonObject): void {
    this.tell('notifications/subscriptions/acknowledged', { notifications: filter });
    this.filter = filter;
    this.uris = new Set((filter['resourceSubscriptions'] ?? []) as readonly string[]);
  }

  listChanged(list: List): void {
    if (this.filter[listKeys[list]] === true) this.tell(`notifications/${list}/list_changed`, {});
  }

  resourceUpdated(uri: string): void {
    if (this.uris.has(uri)) this.tell('notifications/resources/updated', { uri });
  }

  private tell(method: string, params: JsonObject): void {
    this.exchange.notify(method, { ...params, ...subscriptionMeta(this.exchange) });
  }
}

/** The open `subscriptions/listen` requests of one connection. */
export class Streams {
  private readonly open = new Map<RequestId, Stream>();
  private readonly onOpen: () => void;

  constructor(onOpen: () => void) {
    this.onOpen = onOpen;
  }

  listChanged(list: List): void {
    for (const stream of this.open.values()) stream.listChanged(list);
  }

  resourceUpdated(uri: string): void {
    for (const stream of this.open.values()) stream.resourceUpdated(uri);
  }

  /** Ends every stream with its result. */
  endAll(): void {
    for (const stream of [...this.open.values()]) stream.end();
  }

  /** Opens a stream for which so many resources are to be watched. @throws RpcError -32602 */
  hold(exchange: Exchange, claimed: number): Stream {
    if (this.open.size >= MAX_STREAMS)
      throw invalidParams(`Expected at most ${MAX_STREAMS} open subscriptions; cancel one first`);
    let watched = claimed;
    for (const stream of this.open.values()) watched += stream.claimed;
    if (watched > MAX_RESOURCES) throw tooManyResources();
    const stream = new Stream(exchange, claimed, () => this.open.delete(exchange.id));
    this.open.set(exchange.id, stream);
    this.onOpen();
    return stream;
  }
}

export const subscriptionMeta = ({ id }: Exchange) => ({ _meta: { [SUBSCRIPTION_ID]: id } });

export function tooManyResources() {
  return invalidParams(
    `Expected "resourceSubscriptions" of at most ${MAX_RESOURCES} URIs over all open subscriptions; cancel one first`,
  );
}
