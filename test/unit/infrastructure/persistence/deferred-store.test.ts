import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { DeferredStore } from '../../../../src/infrastructure/persistence/deferred-store.ts';
import { failureOf } from '../../../support/failure.ts';
import { memoryStore } from '../../../support/without-claude.ts';

const test = suite('DeferredStore');

test('the store is opened once, at the first use', async () => {
  let opened = 0;
  const store = new DeferredStore(async () => {
    opened += 1;
    return memoryStore();
  });
  assert.is(opened, 0);
  await Promise.all([store.find('conversation', 'a'), store.list('conversation', undefined, 1)]);
  await store.events({}, undefined, 1);
  assert.is(opened, 1);
});

test('an opening that failed is tried again at the next use', async () => {
  let tries = 0;
  const store = new DeferredStore(async () => {
    tries += 1;
    if (tries < 2) throw new Error('not yet');
    return memoryStore();
  });
  assert.is((await failureOf(store.find('conversation', 'a'))).message, 'not yet');
  assert.is(await store.find('conversation', 'a'), undefined);
  assert.is(tries, 2);
});

test.run();
