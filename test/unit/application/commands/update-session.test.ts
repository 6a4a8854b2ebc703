import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { updateSession } from '../../../../src/application/commands/session-states.ts';
import { codeOf } from '../../../support/failure.ts';
import { sessionDesk, sessionId } from './session-desk.ts';

const test = suite('update-session');

test('the command stores the change before anyone hears of it', async () => {
  const desk = sessionDesk();
  await desk.open();
  let stored = desk.stored();
  desk.events.on('SessionInitialized', () => {
    stored = desk.stored();
  });
  const session = await updateSession(desk, sessionId, (change) => change.confirm(desk.nextStamp()));
  assert.is(session.state, 'ready');
  assert.equal(await stored, session);
});

test('a change that is refused is neither stored nor told', async () => {
  const desk = sessionDesk();
  await desk.open();
  const before = await desk.stored();
  const code = await codeOf(() =>
    updateSession(desk, sessionId, (session) => {
      session.confirm(desk.nextStamp());
      session.confirm(desk.nextStamp());
    }),
  );
  assert.is(code, 'session.illegal-transition');
  assert.equal(await desk.stored(), before);
  assert.equal(desk.told, []);
});

test.run();
