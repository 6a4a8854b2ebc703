import type { Test } from 'uvu';
import * as assert from 'uvu/assert';
import { Session } from '../../src/domain/session/session.ts';
import type { SessionId } from '../../src/domain/session/session-events.ts';
import type { SessionRepository } from '../../src/domain/session/session-repository.ts';
import type { EventId, EventStamp } from '../../src/domain/shared/domain-event.ts';
import { codeOf, failureOf } from './failure.ts';

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

/** The contract of every SessionRepository. `open` makes an empty one for each test. */
export function sessionRepositoryContract(test: Test, open: () => Promise<SessionRepository>): void {
  const stored = async (sessions: SessionRepository, name: string) =>
    (await sessions.find(idOf(name)))?.snapshot();

  test('finds what was added, as it was', async () => {
    const sessions = await open();
    const session = initializing('a');
    await sessions.add(session);
    assert.equal(await stored(sessions, 'a'), session.snapshot());
  });

  test('keeps everything that a session knows, in every state', async () => {
    const sessions = await open();
    await sessions.add(Session.open(idOf('a'), stamp));
    const steps: readonly ((session: Session) => void)[] = [
      (session) =>
        session.initialize({ protocolVersion: 'v', client: { name: '', version: '' }, capabilities: {} }),
      (session) => session.confirm(stamp),
      (session) => session.setLogLevel('critical'),
      (session) => session.subscribe('test://é/€/😀?a=b#c'),
      (session) => session.subscribe('test://b'),
      (session) => session.beginClosing(),
      (session) => session.finishClosing(stamp),
    ];
    for (const step of steps) {
      const updated = await sessions.update(idOf('a'), step);
      assert.equal(await stored(sessions, 'a'), updated.snapshot());
    }
    assert.is((await stored(sessions, 'a'))?.state, 'closed');
  });

  test('finds nothing that was never added', async () => {
    const sessions = await open();
    await sessions.add(initializing('a'));
    for (const name of ['b', '', 'A', '__proto__']) assert.is(await stored(sessions, name), undefined);
  });

  test('adds a session once', async () => {
    const sessions = await open();
    const first = initializing('a');
    await sessions.add(first);
    assert.is(await codeOf(sessions.add(Session.open(idOf('a'), stamp))), 'session.exists');
    assert.equal(await stored(sessions, 'a'), first.snapshot());
  });

  test('hands out copies: only update stores', async () => {
    const sessions = await open();
    const added = initializing('a');
    await sessions.add(added);
    const before = added.snapshot();
    added.confirm(stamp);
    const found = await sessions.find(idOf('a'));
    found?.setLogLevel('debug');
    const updated = await sessions.update(idOf('a'), () => undefined);
    updated.subscribe('test://a');
    assert.equal(await stored(sessions, 'a'), before);
  });

  test('a session that was added keeps its events until the caller has published them', async () => {
    const sessions = await open();
    const session = initializing('a');
    await sessions.add(session);
    assert.equal(
      session.pendingEvents.map(({ type }) => type),
      ['SessionCreated'],
    );
  });

  test('what is found tells no events again', async () => {
    const sessions = await open();
    await sessions.add(initializing('a'));
    await sessions.update(idOf('a'), (session) => session.confirm(stamp));
    assert.equal((await sessions.find(idOf('a')))?.pendingEvents, []);
  });

  test('an update hands over the session as stored, with its new events inside', async () => {
    const sessions = await open();
    await sessions.add(initializing('a'));
    const session = await sessions.update(idOf('a'), (change) => change.confirm(stamp));
    assert.is(session.state, 'ready');
    assert.equal(
      session.pendingEvents.map(({ type }) => type),
      ['SessionInitialized'],
    );
  });

  test('refuses to update what isn’t there', async () => {
    const sessions = await open();
    assert.is(await codeOf(sessions.update(idOf('a'), () => undefined)), 'session.not-found');
    assert.is(await stored(sessions, 'a'), undefined);
  });

  test('stores nothing of a change that fails, and fails as it does', async () => {
    const sessions = await open();
    await sessions.add(initializing('a'));
    const before = await stored(sessions, 'a');
    const boom = new Error('boom');
    const failing = sessions.update(idOf('a'), (session) => {
      session.setLogLevel('debug');
      throw boom;
    });
    assert.is(await failureOf(failing), boom);
    assert.equal(await stored(sessions, 'a'), before);
  });

  test('loses no update, however many come at once', async () => {
    const sessions = await open();
    await sessions.add(initializing('a'));
    const uris = Array.from({ length: 20 }, (_, n) => `test://${n}`);
    await Promise.all(uris.map((uri) => sessions.update(idOf('a'), (session) => session.subscribe(uri))));
    assert.equal([...((await stored(sessions, 'a'))?.subscriptions ?? [])].sort(), uris.sort());
  });

  test('of updates that exclude each other one succeeds', async () => {
    const sessions = await open();
    await sessions.add(initializing('a'));
    const confirm = () => sessions.update(idOf('a'), (session) => session.confirm(stamp));
    const outcomes = await Promise.allSettled([confirm(), confirm(), confirm()]);
    assert.equal(outcomes.map(({ status }) => status).sort(), ['fulfilled', 'rejected', 'rejected']);
  });

  test('an update changes no other session', async () => {
    const sessions = await open();
    await sessions.add(initializing('a'));
    await sessions.add(initializing('b'));
    const before = await stored(sessions, 'b');
    await sessions.update(idOf('a'), (session) => session.setLogLevel('debug'));
    assert.equal(await stored(sessions, 'b'), before);
  });

  test('forgets what is removed, and says whether it was there', async () => {
    const sessions = await open();
    await sessions.add(initializing('a'));
    await sessions.add(initializing('b'));
    assert.is(await sessions.remove(idOf('a')), true);
    assert.is(await sessions.remove(idOf('a')), false);
    assert.is(await stored(sessions, 'a'), undefined);
    assert.ok(await stored(sessions, 'b'));
    await sessions.add(initializing('a'));
    assert.ok(await stored(sessions, 'a'));
  });
}
