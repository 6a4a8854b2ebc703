import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { unsubscribeResource } from '../../../../src/application/commands/subscriptions.ts';
import { watchDesk } from '../resources/watch-desk.ts';
import { sessionId } from './session-desk.ts';

const test = suite('unsubscribe-resource');

test('the command forgets the resource, be it one that is gone or was never there', async () => {
  const desk = watchDesk();
  await desk.open();
  await desk.sessions.update(sessionId, (session) => {
    session.subscribe('test://gone');
    session.subscribe('test://kept');
  });
  const unsubscribe = unsubscribeResource(desk);
  await unsubscribe({ sessionId, uri: 'test://never' });
  const session = await unsubscribe({ sessionId, uri: 'test://gone' });
  assert.equal([...session.subscriptions], ['test://kept']);
});

test.run();
