import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { DomainError } from '../../../../src/domain/shared/domain-error.ts';
import { codeOf } from '../../../support/failure.ts';
import { fakeContext } from '../fake-context.ts';
import { fixed } from './test-resources.ts';
import { watchable, watchDesk } from './watch-desk.ts';

const test = suite('resource-watches');

const uri = 'test://watched';
const context = fakeContext();

function desk() {
  const watched = watchable(uri);
  return { ...watchDesk(fixed('test://fixed'), watched.definition), watched };
}

test('one watch serves everyone, and ends with the last', async () => {
  const { resourceWatches, watched, changes } = desk();
  const first = await resourceWatches.join(uri, context);
  const second = await resourceWatches.join(uri, context);
  assert.is(watched.watches(), 1);
  watched.change();
  assert.equal(changes, [uri]);
  first();
  first();
  assert.is(watched.watches(), 1);
  watched.change();
  assert.equal(changes, [uri, uri]);
  second();
  assert.equal([watched.watches(), resourceWatches.size], [0, 0]);
});

test('those that begin at the same moment share one too', async () => {
  const { resourceWatches, watched } = desk();
  const begin = watched.hold();
  const beginnings = [1, 2, 3].map(() => resourceWatches.join(uri, context));
  begin();
  const releases = await Promise.all(beginnings);
  assert.is(watched.watches(), 1);
  for (const release of releases) release();
  assert.is(watched.watches(), 0);
});

test('who is refused by the resource does not slip in behind who was not', async () => {
  const { resourceWatches, watched } = desk();
  await resourceWatches.join(uri, context);
  watched.refuse(new DomainError('path.outside', 'forbidden', 'Not there'));
  assert.is(await codeOf(async () => await resourceWatches.join(uri, context)), 'path.outside');
  assert.is(watched.watches(), 1);
});

test('what needs no watching is joined at once', () => {
  const { resourceWatches } = desk();
  const release = resourceWatches.join('test://fixed', context);
  assert.type(release, 'function');
  assert.is(resourceWatches.size, 0);
});

test('there is no watching what there is not', () => {
  const { resourceWatches } = desk();
  assert.throws(() => resourceWatches.join('test://nope', context), /There is no resource "test:\/\/nope"/);
});

test('a watch begins anew after it ended', async () => {
  const { resourceWatches, watched, changes } = desk();
  (await resourceWatches.join(uri, context))();
  watched.change();
  assert.equal(changes, []);
  await resourceWatches.join(uri, context);
  watched.change();
  assert.equal(changes, [uri]);
});

test.run();
