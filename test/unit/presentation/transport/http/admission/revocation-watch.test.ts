import { PassThrough } from 'node:stream';
import { mock } from 'node:test';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { localUser, type Principal } from '../../../../../../src/application/request-context.ts';
import { Guests } from '../../../../../../src/presentation/transport/http/admission/revocation-watch.ts';

const test = suite('door-guests');

test.before.each(() => mock.timers.enable({ apis: ['setInterval'] }));
test.after.each(() => mock.timers.reset());

const ada: Principal = { id: 'key:ada', kind: 'key' };
const bob: Principal = { id: 'key:bob', kind: 'key' };

/** Guests of whom all are welcome but those named, and who was asked about. */
function house(...unwelcome: Principal[]) {
  const asked: Principal[] = [];
  const isWelcome = (principal: Principal) => {
    asked.push(principal);
    return !unwelcome.includes(principal);
  };
  return { asked, guests: new Guests({ isWelcome }) };
}

/** Longer than it takes to look once, shorter than a second: so soon does a revocation hold. */
const look = () => mock.timers.tick(500);

test('cuts off who is no longer welcome, on all that they have open, and nobody else', () => {
  const { guests } = house(ada);
  const [first, second, others] = [new PassThrough(), new PassThrough(), new PassThrough()];
  guests.add(ada, first);
  guests.add(ada, second);
  guests.add(bob, others);
  look();
  assert.equal([first.destroyed, second.destroyed, others.destroyed], [true, true, false]);
});

test('asks no more about who has left', async () => {
  const { asked, guests } = house();
  const way = new PassThrough();
  guests.add(ada, way);
  guests.add(bob, new PassThrough());
  way.destroy();
  await new Promise(setImmediate);
  look();
  assert.equal(asked, [bob]);
});

test('asks once about each, however many there are', () => {
  const { asked, guests } = house();
  for (const guest of [ada, bob]) guests.add(guest, new PassThrough());
  look();
  assert.equal(asked, [ada, bob]);
});

test('never asks about the local user', () => {
  const { asked, guests } = house(localUser);
  guests.add(localUser, new PassThrough());
  look();
  assert.equal(asked, []);
});

test('asks no more once the server stops: what is under way may finish', () => {
  const { asked, guests } = house(ada);
  const way = new PassThrough();
  guests.add(ada, way);
  guests.close();
  look();
  assert.equal([asked, way.destroyed], [[], false]);
});

test.run();
