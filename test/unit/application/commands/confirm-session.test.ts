import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { confirmSession } from '../../../../src/application/commands/session-states.ts';
import { codeOf } from '../../../support/failure.ts';
import { sessionDesk, sessionId } from './session-desk.ts';

const test = suite('confirm-session');

test('the command makes the session ready and tells it', async () => {
  const desk = sessionDesk();
  await desk.open();
  const session = await confirmSession(desk)({ sessionId });
  assert.is(session.state, 'ready');
  assert.equal(await desk.stored(), session);
  assert.equal(desk.told, ['SessionInitialized']);
});

test('the command refuses to confirm twice, and tells nothing of it', async () => {
  const desk = sessionDesk();
  await desk.open();
  const confirm = confirmSession(desk);
  await confirm({ sessionId });
  assert.is(await codeOf(() => confirm({ sessionId })), 'session.illegal-transition');
  assert.equal(desk.told, ['SessionInitialized']);
});

test('the command refuses a session that there isn’t', async () => {
  assert.is(await codeOf(() => confirmSession(sessionDesk())({ sessionId })), 'session.not-found');
});

test.run();
