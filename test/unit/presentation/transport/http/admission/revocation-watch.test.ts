import { PassThrough } from 'node:stream';
import { mock } from 'node:test';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { localUser, type Principal } from '../../../../../../src/application/request-context.ts';
import { RevocationWatch } from '../../../../../../src/presentation/transport/http/admission/revocation-watch.ts';

const test = suite('revocation-watch');

test.before.each(() => mock.timers.enable({ apis: ['setInterval'] }));
test.after.each(() => mock.timers.reset());

const ada: Principal = { id: 'key:ada', kind: 'key' };
const bob: Principal = { id: 'key:bob', kind: 'key' };

/** A watch that all principals are authorized for but those named, and which of them it asked about. */
function watchOf(...revoked: Principal[]) {
  const asked: Principal[] = [];
  const isStillAuthorized = (principal: Principal) => {
    asked.push(principal);
    return !revoked.includes(principal);
  };
  return { asked, watch: new RevocationWatch({ isStillAuthorized, mayReturn: () => false }) };
}

/** Longer than until the next check, shorter than a second: so soon does a revocation hold. */
const tick = () => mock.timers.tick(500);

test('a revoked principal loses all its streams, and nobody else one', () => {
  const { watch } = watchOf(ada);
  const [first, second, others] = [new PassThrough(), new PassThrough(), new PassThrough()];
  watch.add(ada, first);
  watch.add(ada, second);
  watch.add(bob, others);
  tick();
  assert.equal([first.destroyed, second.destroyed, others.destroyed], [true, true, false]);
});

test('what outlives its streams is ended at every check until it is forgotten, and by its newest token', () => {
  const { watch } = watchOf(ada);
  const ended: string[] = [];
  const [revoked, forgotten, renewed] = [{ principal: ada }, { principal: ada }, { principal: ada }];
  for (const [name, owned] of Object.entries({ revoked, forgotten, renewed }))
    watch.watch(owned, () => ended.push(name));
  watch.forget(forgotten);
  renewed.principal = { ...ada, expires: 1 };
  tick();
  tick();
  assert.equal(ended, ['revoked', 'revoked']);
});

test('a closed stream is not asked about', async () => {
  const { asked, watch } = watchOf();
  const stream = new PassThrough();
  watch.add(ada, stream);
  watch.add(bob, new PassThrough());
  stream.destroy();
  await new Promise(setImmediate);
  tick();
  assert.equal(asked, [bob]);
});

test('each principal is asked about once a check', () => {
  const { asked, watch } = watchOf();
  for (const principal of [ada, bob]) watch.add(principal, new PassThrough());
  tick();
  assert.equal(asked, [ada, bob]);
});

test('the local user is never asked about', () => {
  const { asked, watch } = watchOf(localUser);
  watch.add(localUser, new PassThrough());
  tick();
  assert.equal(asked, []);
});

test('a stopping server asks no more: what is under way may finish', () => {
  const { asked, watch } = watchOf(ada);
  const stream = new PassThrough();
  watch.add(ada, stream);
  watch.close();
  tick();
  assert.equal([asked, stream.destroyed], [[], false]);
});

test.run();
