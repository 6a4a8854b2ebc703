import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { AuditedServer } from '../support/audited-server.ts';
import { modernMeta } from '../support/server-process.ts';
import { expectEnd, fixture, modern, notification, product, testScenario } from '../support/vectors.ts';

const test = suite('Vectors: subscriptions');

const SUBSCRIPTION_ID = 'io.modelcontextprotocol/subscriptionId';
const listen = (id: string | number, notifications: object) =>
  modern(id, 'subscriptions/listen', { notifications });
const acknowledged = (id: string | number, notifications: object) => ({
  jsonrpc: '2.0',
  method: 'notifications/subscriptions/acknowledged',
  params: { notifications, _meta: { [SUBSCRIPTION_ID]: id } },
});
/** The notifications of a subscription, but for its end. */
const toldTo = (id: number, { frames }: AuditedServer) =>
  frames.filter(
    ({ method, params }) => params?._meta?.[SUBSCRIPTION_ID] === id && method !== 'notifications/cancelled',
  );

testScenario(
  test,
  { vector: 57, what: 'listen says first what it honours, under the request’s id', on: fixture },
  async (server) => {
    const asked = {
      toolsListChanged: true,
      promptsListChanged: false,
      resourceSubscriptions: ['test://static'],
    };
    server.send(listen(9, { ...asked, bogus: true }));
    server.send(listen(0, { toolsListChanged: true }));
    server.send(modern(1, 'tools/call', { name: 'add_tool', arguments: { name: 'new' } }));
    await server.answer(1);
    await expectEnd(server);
    const changed = (id: number) => ({
      jsonrpc: '2.0',
      method: 'notifications/tools/list_changed',
      params: { _meta: { [SUBSCRIPTION_ID]: id } },
    });
    const kept = { toolsListChanged: true, resourceSubscriptions: ['test://static'] };
    assert.equal(toldTo(9, server), [acknowledged(9, kept), changed(9)]);
    assert.equal(toldTo(0, server), [acknowledged(0, { toolsListChanged: true }), changed(0)]);
  },
);

testScenario(
  test,
  { vector: 57, what: 'listen without a filter, and twice under one id', on: product },
  async (server) => {
    const { error: missing } = await server.request(1, 'subscriptions/listen', { _meta: modernMeta() });
    assert.is(missing.code, -32602);
    server.send(listen(9, { toolsListChanged: true }));
    server.send(listen(9, { toolsListChanged: true }));
    assert.is((await server.answer(9)).error.code, -32600);
    await expectEnd(server);
    assert.is(toldTo(9, server).length, 1);
  },
);

testScenario(
  test,
  { vector: 58, what: 'a subscription that is cancelled says nothing more', on: fixture },
  async (server) => {
    server.send(listen(9, { toolsListChanged: true }));
    server.send(notification('notifications/cancelled', { requestId: 9 }));
    server.send(modern(1, 'tools/call', { name: 'add_tool', arguments: { name: 'new' } }));
    await server.answer(1);
    await expectEnd(server);
    assert.equal(server.frames[0], acknowledged(9, { toolsListChanged: true }));
    assert.equal(
      server.frames.map(({ id }) => id),
      [undefined, 1],
    );
  },
);

testScenario(
  test,
  {
    vector: 58,
    what: 'the end of input ends a subscription with its result, then a cancellation',
    on: product,
  },
  async (server) => {
    server.send(listen(9, { toolsListChanged: true }));
    await expectEnd(server);
    const [ack, end, cancelled, ...more] = server.frames;
    assert.equal(ack, acknowledged(9, { toolsListChanged: true }));
    assert.is(end.id, 9);
    assert.is(end.result.resultType, 'complete');
    assert.is(end.result._meta[SUBSCRIPTION_ID], 9);
    assert.is(cancelled.method, 'notifications/cancelled');
    assert.is(cancelled.params.requestId, 9);
    assert.equal(more, []);
  },
);

test.run();
