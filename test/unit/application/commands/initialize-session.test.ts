import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { initializeSession } from '../../../../src/application/commands/session-states.ts';
import type { Session } from '../../../../src/domain/session/session.ts';
import type { SessionId } from '../../../../src/domain/session/session-events.ts';
import { negotiated, sessionDesk } from './session-desk.ts';

const test = suite('initialize-session');

test('the command opens a session with what was agreed, stores it and tells it', async () => {
  const desk = sessionDesk();
  const session = await initializeSession(desk)(negotiated);
  assert.is(session.id, 'id-1');
  assert.is(session.state, 'initializing');
  assert.is(session.protocolVersion, '2025-11-25');
  assert.equal(session.client, { name: 'Ada', version: '1.0' });
  assert.equal((await desk.sessions.find('id-1' as SessionId))?.snapshot(), session);
  assert.equal(desk.told, ['SessionCreated']);
});

test('the adapter sees the events with the session, and nobody hears them before', async () => {
  const desk = sessionDesk();
  const seen: string[] = [];
  const sessions = Object.assign(Object.create(desk.sessions), {
    add: async (session: Session) => {
      seen.push(...session.pendingEvents.map(({ type }) => type));
      assert.equal(desk.told, []);
    },
  });
  await initializeSession({ ...desk, sessions })(negotiated);
  assert.equal([seen, desk.told], [['SessionCreated'], ['SessionCreated']]);
});

test('each session has an id of its own', async () => {
  const desk = sessionDesk();
  const initialize = initializeSession(desk);
  assert.is.not((await initialize(negotiated)).id, (await initialize(negotiated)).id);
});

test('a session has the id that its client was told', async () => {
  const desk = sessionDesk();
  const session = await initializeSession(desk)({ ...negotiated, id: 'told' as SessionId });
  assert.is(session.id, 'told');
  assert.equal((await desk.sessions.find('told' as SessionId))?.snapshot(), session);
});

test('the command leaves nothing behind when it can’t be stored', async () => {
  const desk = sessionDesk();
  const boom = new Error('the disk is full');
  const sessions = Object.assign(Object.create(desk.sessions), {
    add: (_: Session) => Promise.reject(boom),
  });
  const outcome = await initializeSession({ ...desk, sessions })(negotiated).catch((error) => error);
  assert.is(outcome, boom);
  assert.is(await desk.sessions.find('id-1' as SessionId), undefined);
  assert.equal(desk.told, []);
});

test.run();
