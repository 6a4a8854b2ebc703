import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { getSession } from '../../../../src/application/queries/get-session.ts';
import { sessionDesk, sessionId } from '../commands/session-desk.ts';

const test = suite('get-session');

test('the query tells the session as it is stored, or that there is none', async () => {
  const desk = sessionDesk();
  assert.is(await getSession(desk)({ sessionId }), undefined);
  await desk.open();
  assert.equal(await getSession(desk)({ sessionId }), await desk.stored());
});

test.run();
