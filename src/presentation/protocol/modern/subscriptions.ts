import { andThen, type Eventual, orElse } from '../../../application/eventual.ts';
import type { Release } from '../../../application/resources/define-resource.ts';
import { DomainError } from '../../../domain/shared/domain-error.ts';
import type { JsonObject } from '../../../domain/shared/json.ts';
import { invalidParams } from '../../jsonrpc/rpc-error.ts';
import { isOffered } from '../capabilities.ts';
import { requireObject } from '../params.ts';
import type { ModernCall, ModernMethod } from './call.ts';
import { ModernContext } from './context.ts';
import { completeResult } from './result.ts';
import { type List, listKeys, MAX_RESOURCES, subscriptionMeta, tooManyResources } from './streams.ts';

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
    return completeResult(call, subscriptionMeta(exchange));
  },
};

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
  if (uris === undefined || uris === null || !isOffered('resources', services.application)) return undefined;
  if (!Array.isArray(uris) || uris.some((uri) => typeof uri !== 'string')) {
    throw invalidParams('Expected "resourceSubscriptions" to be an array of URIs');
  }
  if (uris.length > MAX_RESOURCES) throw tooManyResources();
  return uris;
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
