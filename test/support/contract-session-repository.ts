import type { Test } from 'uvu';
import * as assert from 'uvu/assert';
import { Session } from '../../src/domain/session/session.ts';
import type { SessionId } from '../../src/domain/session/session-events.ts';
import type { SessionRepository } from '../../src/domain/session/session-repository.ts';
import type { EventId, EventStamp } from '../../src/domain/shared/domain-event.ts';
import { repositoryContract, type Samples } from './contract-repository.ts';

const stamp: EventStamp = { eventId: 'e-1' as EventId, occurredAt: '2026-01-01T00:00:00.000Z' };
const idOf = (name: string) => name as SessionId;

function initializing(name: string): Session {
  const session = Session.open(idOf(name), stamp);
  session.initialize({
    protocolVersion: '2025-11-25',
    client: { name: 'Ada "€😀"', version: '1.0' },
    capabilities: { roots: { listChanged: true }, experimental: { deep: [{ a: null }, 1.5, ''] } },
  });
  return session;
}

const samples: Samples<SessionId, Session, SessionRepository> = {
  what: 'session',
  idOf,
  make: initializing,
  madeEvents: ['SessionCreated'],
  rich: initializing,
  mark: (session, text) => session.subscribe(text),
  marksOf: (session) => [...session.snapshot().subscriptions],
  changeOnce: (session) => session.confirm(stamp),
  changeEvents: ['SessionInitialized'],
  life: {
    begin: (name) => Session.open(idOf(name), stamp),
    steps: [
      (session) =>
        session.initialize({ protocolVersion: 'v', client: { name: '', version: '' }, capabilities: {} }),
      (session) => session.confirm(stamp),
      (session) => session.setLogLevel('critical'),
      (session) => session.subscribe('test://é/€/😀?a=b#c'),
      (session) => session.subscribe('test://b'),
      (session) => session.beginClosing(),
      (session) => session.finishClosing(stamp),
      (session) => assert.is(session.state, 'closed'),
    ],
  },
};

/** The behaviour of every SessionRepository. `open` makes an empty one for each test. */
export function sessionRepositoryContract(test: Test, open: () => Promise<SessionRepository>): void {
  repositoryContract(test, open, samples);

  test('forgets what is removed, and says whether it was there', async () => {
    const sessions = await open();
    const stored = async (name: string) => (await sessions.find(idOf(name)))?.snapshot();
    await sessions.add(initializing('a'));
    await sessions.add(initializing('b'));
    assert.is(await sessions.remove(idOf('a')), true);
    assert.is(await sessions.remove(idOf('a')), false);
    assert.is(await stored('a'), undefined);
    assert.ok(await stored('b'));
    await sessions.add(initializing('a'));
    assert.ok(await stored('a'));
  });
}
