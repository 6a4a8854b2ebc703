import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { setLogLevel } from '../../../../src/application/commands/set-log-level.ts';
import { codeOf } from '../../../support/failure.ts';
import { sessionDesk, sessionId } from './session-desk.ts';

const test = suite('set-log-level');

test('the level is the session’s from here on', async () => {
  const desk = sessionDesk();
  await desk.open();
  const session = await setLogLevel(desk)({ sessionId, level: 'critical' });
  assert.is(session.logLevel, 'critical');
  assert.equal(await desk.stored(), session);
});

test('the command refuses a session that there isn’t', async () => {
  assert.is(
    await codeOf(() => setLogLevel(sessionDesk())({ sessionId, level: 'debug' })),
    'session.not-found',
  );
});

test.run();
