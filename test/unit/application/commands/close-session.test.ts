import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { closeSession } from '../../../../src/application/commands/session-states.ts';
import { codeOf, failureOf } from '../../../support/failure.ts';
import { sessionDesk, sessionId } from './session-desk.ts';

const test = suite('close-session');

test('a session is closing while its work ends, then closed, told and forgotten', async () => {
  const desk = sessionDesk();
  await desk.open();
  const { promise, resolve } = Promise.withResolvers<void>();
  const draining = Promise.withResolvers<void>();
  const closing = closeSession(desk)({
    sessionId,
    drain: () => {
      draining.resolve();
      return promise;
    },
  });
  await draining.promise;
  assert.is((await desk.stored())?.state, 'closing');
  assert.equal(desk.told, []);
  resolve();
  await closing;
  assert.is(await desk.stored(), undefined);
  assert.equal(desk.told, ['SessionClosed']);
});

test('a session is closed once', async () => {
  const desk = sessionDesk();
  await desk.open();
  const { promise, resolve } = Promise.withResolvers<void>();
  const close = closeSession(desk);
  const first = close({ sessionId, drain: () => promise });
  assert.is(
    await codeOf(() => close({ sessionId, drain: async () => undefined })),
    'session.illegal-transition',
  );
  resolve();
  await first;
  assert.equal(desk.told, ['SessionClosed']);
});

test('work that can’t be ended leaves the session closing', async () => {
  const desk = sessionDesk();
  await desk.open();
  const boom = new Error('stuck');
  const closing = closeSession(desk)({ sessionId, drain: () => Promise.reject(boom) });
  assert.is(await failureOf(closing), boom);
  assert.is((await desk.stored())?.state, 'closing');
});

test.run();
