import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { JsonObject } from '../../../../../src/domain/shared/json.ts';
import { Exchange } from '../../../../../src/presentation/jsonrpc/exchange.ts';
import { Streams } from '../../../../../src/presentation/protocol/modern/streams.ts';

const test = suite('modern subscriptions');

const ID = 'io.modelcontextprotocol/subscriptionId';

/** A `subscriptions/listen` under way, and what it was told. */
function listening(streams: Streams, id: string | number, filter: JsonObject) {
  const told: unknown[] = [];
  const exchange = new Exchange(id, false, {
    notify: (method, params) => told.push([method, params]),
    ask: () => Promise.reject(new Error('Expected no question')),
  });
  let hasEnded = false;
  const uris = (filter['resourceSubscriptions'] ?? []) as readonly string[];
  const stream = streams.hold(exchange, uris.length);
  const ended = stream.ended.then(() => {
    hasEnded = true;
  });
  stream.acknowledge(filter);
  told.length = 0; // what comes behind the acknowledgement
  return { exchange, told, ended, hasEnded: () => hasEnded };
}

for (const [list, key] of [
  ['tools', 'toolsListChanged'],
  ['resources', 'resourcesListChanged'],
  ['prompts', 'promptsListChanged'],
] as const) {
  test(`a subscription tells of changed ${list} who asked for it, with the subscription’s id as it came`, () => {
    const streams = new Streams(() => undefined);
    const asked = listening(streams, 0, { [key]: true });
    const named = listening(streams, '', { [key]: true });
    const other = listening(streams, 2, { resourceSubscriptions: ['test://a'] });
    streams.listChanged(list);
    const method = `notifications/${list}/list_changed`;
    assert.equal(asked.told, [[method, { _meta: { [ID]: 0 } }]]);
    assert.equal(named.told, [[method, { _meta: { [ID]: '' } }]]);
    assert.equal(other.told, []);
  });
}

test('a subscription tells of a changed resource who watches it', () => {
  const streams = new Streams(() => undefined);
  const watching = listening(streams, 1, { resourceSubscriptions: ['test://a', 'test://b'] });
  const other = listening(streams, 2, { resourceSubscriptions: ['test://c'], resourcesListChanged: true });
  streams.resourceUpdated('test://b');
  assert.equal(watching.told, [['notifications/resources/updated', { uri: 'test://b', _meta: { [ID]: 1 } }]]);
  assert.equal(other.told, []);
});

test('a stream that is cancelled ends, and is told nothing more', async () => {
  const streams = new Streams(() => undefined);
  const { exchange, told, ended } = listening(streams, 1, { toolsListChanged: true });
  exchange.cancel(new Error('cancelled'));
  await ended;
  streams.listChanged('tools');
  assert.equal(told, []);
});

test('all end together', async () => {
  const streams = new Streams(() => undefined);
  const open = [listening(streams, 1, {}), listening(streams, 2, {})];
  assert.not(open.some(({ hasEnded }) => hasEnded()));
  streams.endAll();
  await Promise.all(open.map(({ ended }) => ended));
  streams.endAll();
});

test('there are at most 1024, and one that ends makes room', async () => {
  const streams = new Streams(() => undefined);
  const open = Array.from({ length: 1024 }, (_, id) => listening(streams, id, {}));
  assert.throws(() => listening(streams, 1024, {}), /Expected at most 1024 open subscriptions/);
  open[0]?.exchange.cancel(new Error('cancelled'));
  await open[0]?.ended;
  listening(streams, 1024, {});
});

test.run();
