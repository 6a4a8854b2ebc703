import { andThen, type Eventual, orElse } from '../../../application/eventual.ts';
import type { Release } from '../../../application/resources/define-resource.ts';
import { DomainError } from '../../../domain/shared/domain-error.ts';
import type { JsonObject } from '../../../domain/shared/json.ts';
import type { Exchange } from '../../jsonrpc/exchange.ts';
import type { RequestId } from '../../jsonrpc/message.ts';
import { invalidParams } from '../../jsonrpc/rpc-error.ts';
import { isOffered } from '../capabilities.ts';
import { requireObject } from '../params.ts';
import type { ModernCall, ModernMethod } from './call.ts';
import { ModernContext } from './context.ts';
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

/** One `subscriptions/listen`, which is told nothing until it is told what is honoured. */
class Stream {
  /** Resolves when the stream ends: by `end`, or silently when the client cancels it. */
  readonly ended: Promise<void>;
  readonly end: () => void;
  /** How many resources were asked for. */
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

/** MCP 2026-07-28, basic/patterns/subscriptions: what is honoured is said first, then only what was asked for. */
export const listen: ModernMethod = {
  async run(call) {
    const { exchange, params, streams } = call;
    const asked = requireObject(params, 'notifications');
    const uris = resourcesOf(call, asked);
    const stream = streams.hold(exchange, uris?.length ?? 0);
    const beginning = watchAll(call, uris ?? []);
    const watches = beginning instanceof Promise ? await beginning : beginning; // what needs no waiting is said at once
    stream.acknowledge({
      ...listsOf(call, asked),
      ...(uris && { resourceSubscriptions: watches.map(({ uri }) => uri) }),
    });
    await stream.ended;
    for (const { release } of watches) release();
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

const subscriptionMeta = ({ id }: Exchange) => ({ _meta: { [SUBSCRIPTION_ID]: id } });

/** The lists asked for that this server has. */
function listsOf({ services }: ModernCall, asked: JsonObject): JsonObject {
  const lists = (Object.keys(listKeys) as List[]).filter(
    (list) => asked[listKeys[list]] === true && isOffered(list, services.application),
  );
  return Object.fromEntries(lists.map((list) => [listKeys[list], true]));
}

/** The resources asked for; undefined when none were or there aren't any. */
function resourcesOf({ services }: ModernCall, asked: JsonObject): readonly string[] | undefined {
  const { resourceSubscriptions: uris } = asked;
  if (uris === undefined || !isOffered('resources', services.application)) return undefined;
  if (!Array.isArray(uris) || uris.some((uri) => typeof uri !== 'string')) {
    throw invalidParams('Expected "resourceSubscriptions" to be an array of URIs');
  }
  if (uris.length > MAX_RESOURCES) throw tooManyResources();
  return uris;
}

function tooManyResources() {
  return invalidParams(
    `Expected "resourceSubscriptions" of at most ${MAX_RESOURCES} URIs over all open subscriptions; cancel one first`,
  );
}

interface Watch {
  readonly uri: string;
  readonly release: Release;
}

/** Begins to watch the resources; leaves out those that there aren't or that refuse this client. */
function watchAll(call: ModernCall, uris: readonly string[]): Eventual<readonly Watch[]> {
  const context = new ModernContext(call);
  const beginnings = uris.map((uri) => watch(call, uri, context));
  const kept = (watches: readonly (Watch | undefined)[]) => watches.filter((begun) => begun !== undefined);
  if (beginnings.some((beginning) => beginning instanceof Promise)) return Promise.all(beginnings).then(kept);
  return kept(beginnings as (Watch | undefined)[]);
}

function watch({ services }: ModernCall, uri: string, context: ModernContext): Eventual<Watch | undefined> {
  const { watchResource } = services.application.commands;
  return orElse<Watch | undefined>(
    () => andThen(watchResource({ uri }, context), (release) => ({ uri, release })),
    (error) => {
      if (!(error instanceof DomainError))
        services.logger.error('Watching a resource failed', { error: String(error) });
      return undefined;
    },
  );
}
