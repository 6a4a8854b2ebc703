import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { closeSession } from '../../../../src/application/commands/session-states.ts';
import {
  subscribeResource,
  unsubscribeResource,
} from '../../../../src/application/commands/subscriptions.ts';
import { DomainError } from '../../../../src/domain/shared/domain-error.ts';
import { codeOf } from '../../../support/failure.ts';
import { fakeContext } from '../fake-context.ts';
import { family, fixed } from '../resources/test-resources.ts';
import { watchable, watchDesk } from '../resources/watch-desk.ts';
import { sessionId } from './session-desk.ts';

const test = suite('subscribe-resource');

const uri = 'test://watched';
const context = fakeContext();

async function desk() {
  const watched = watchable(uri);
  const made = watchDesk(fixed('test://fixed'), family('test://item/{id}'), watched.definition);
  await made.open();
  return {
    ...made,
    watched,
    subscribe: subscribeResource(made),
    unsubscribe: unsubscribeResource(made),
    subscriptions: async () => [...((await made.stored())?.subscriptions ?? [])],
  };
}

for (const plain of ['test://fixed', 'test://item/7']) {
  test(`the command takes ${plain}`, async () => {
    const { subscribe, stored } = await desk();
    const session = await subscribe({ sessionId, uri: plain }, context);
    assert.equal([...session.subscriptions], [plain]);
    assert.equal(await stored(), session);
  });
}

test('the command refuses a resource that there isn’t, and subscribes to nothing', async () => {
  const { subscribe, subscriptions } = await desk();
  const refusal = await codeOf(() => subscribe({ sessionId, uri: 'test://nope' }, context));
  assert.is(refusal, 'resource.not-found');
  assert.equal(await subscriptions(), []);
});

test('the command watches what is subscribed to, until it is unsubscribed from', async () => {
  const { subscribe, unsubscribe, watched } = await desk();
  await subscribe({ sessionId, uri }, context);
  await subscribe({ sessionId, uri }, context);
  assert.is(watched.watches(), 1);
  await unsubscribe({ sessionId, uri });
  await unsubscribe({ sessionId, uri });
  assert.is(watched.watches(), 0);
});

test('a resource that refuses the caller is not subscribed to, and one that comes round is', async () => {
  const { subscribe, subscriptions, watched } = await desk();
  watched.refuse(new DomainError('path.outside', 'forbidden', 'Not there'));
  assert.is(await codeOf(() => subscribe({ sessionId, uri }, context)), 'path.outside');
  assert.equal(await subscriptions(), []);
  watched.refuse(undefined);
  await subscribe({ sessionId, uri }, context);
  assert.equal(await subscriptions(), [uri]);
});

test('the end of a session ends what it watched', async () => {
  const made = await desk();
  await made.subscribe({ sessionId, uri }, context);
  await closeSession(made)({ sessionId, drain: async () => undefined });
  await Promise.resolve();
  assert.is(made.watched.watches(), 0);
  assert.is(made.resourceWatches.size, 0);
});

test('a watch that begins when its session has ended is ended too', async () => {
  const made = await desk();
  const begin = made.watched.hold();
  const subscribing = codeOf(() => made.subscribe({ sessionId, uri }, context));
  await closeSession(made)({ sessionId, drain: async () => undefined });
  begin();
  assert.is(await subscribing, 'session.not-found');
  assert.is(made.watched.watches(), 0);
});

test('unsubscribing overtakes a watch that has yet to begin', async () => {
  const { subscribe, unsubscribe, subscriptions, watched } = await desk();
  const begin = watched.hold();
  const subscribing = subscribe({ sessionId, uri }, context);
  await unsubscribe({ sessionId, uri });
  begin();
  await subscribing;
  assert.equal(await subscriptions(), []);
  assert.is(watched.watches(), 0);
});

test('no more than 256 watches begin, even for subscriptions that all come at once', async () => {
  let begun = 0;
  const watch = async () => {
    begun += 1;
    return () => undefined;
  };
  const made = watchDesk(family('test://item/{id}', { watch }));
  await made.open();
  const subscribe = subscribeResource(made);
  const many = Array.from({ length: 300 }, (_, n) =>
    subscribe({ sessionId, uri: `test://item/${n}` }, context),
  );
  const ends = await Promise.allSettled(many);
  assert.equal(
    ends.flatMap((end) => (end.status === 'rejected' ? [end.reason.code] : [])),
    Array.from({ length: 44 }, () => 'session.too-many-subscriptions'),
  );
  assert.equal([begun, made.resourceWatches.size], [256, 256]);
});

test('a subscription that the session has no room for leaves no watch behind', async () => {
  const { subscribe, sessions, resourceWatches, watched } = await desk();
  await sessions.update(sessionId, (session) => {
    for (let n = 0; n < 256; n++) session.subscribe(`test://item/${n}`);
  });
  assert.is(await codeOf(() => subscribe({ sessionId, uri }, context)), 'session.too-many-subscriptions');
  assert.equal([watched.watches(), resourceWatches.size], [0, 0]);
});

test.run();
