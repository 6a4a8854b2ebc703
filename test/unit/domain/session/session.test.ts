import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Negotiated, Session } from '../../../../src/domain/session/session.ts';
import type { SessionId } from '../../../../src/domain/session/session-events.ts';
import type { DomainError } from '../../../../src/domain/shared/domain-error.ts';
import type { EventId, EventStamp } from '../../../../src/domain/shared/domain-event.ts';
import { refusedWith } from '../../../support/failure.ts';

const test = suite('session');

const id = 's-1' as SessionId;
const at = (name: string): EventStamp => ({
  eventId: `e-${name}` as EventId,
  occurredAt: `2026-01-01T00:00:00.00${name.length}Z`,
});
const negotiated: Negotiated = {
  protocolVersion: '2025-11-25',
  client: { name: 'Ada', version: '1.0' },
  capabilities: { roots: {} },
};

function initializing(): Session {
  const session = Session.open(id, at('open'));
  session.initialize(negotiated);
  return session;
}

function ready(): Session {
  const session = initializing();
  session.confirm(at('confirm'));
  return session;
}

function closing(): Session {
  const session = ready();
  session.beginClosing();
  return session;
}

function closed(): Session {
  const session = closing();
  session.finishClosing(at('close'));
  return session;
}

test('a new session is created, logs from "info" on and watches nothing', () => {
  const session = Session.open(id, at('open'));
  assert.is(session.id, id);
  assert.is(session.state, 'created');
  assert.equal(session.snapshot(), {
    id,
    state: 'created',
    protocolVersion: '',
    client: { name: '', version: '' },
    capabilities: {},
    logLevel: 'info',
    subscriptions: new Set(),
    createdAt: at('open').occurredAt,
  });
});

test('a session keeps what initialize agreed on', () => {
  const { protocolVersion, client, capabilities } = initializing().snapshot();
  assert.equal({ protocolVersion, client, capabilities }, negotiated);
});

test('a session is initialized once', () => {
  const session = initializing();
  const before = session.snapshot();
  assert.throws(
    () => session.initialize({ ...negotiated, protocolVersion: '2024-11-05' }),
    refusedWith('session.illegal-transition'),
  );
  assert.is(session.snapshot(), before);
});

test('a session tells its life in three events, in order, each with its own stamp', () => {
  const session = closed();
  const shared = { class: 'audit', aggregate: { type: 'session', id } };
  assert.equal(session.stored(), [
    { ...at('open'), ...shared, type: 'SessionCreated', payload: { sessionId: id } },
    {
      ...at('confirm'),
      ...shared,
      type: 'SessionInitialized',
      payload: { sessionId: id, clientName: 'Ada', clientVersion: '1.0' },
    },
    { ...at('close'), ...shared, type: 'SessionClosed', payload: { sessionId: id } },
  ]);
  assert.equal(session.stored(), [], 'events are handed over once');
});

test('a session that never became ready can close', () => {
  const session = initializing();
  session.beginClosing();
  session.finishClosing(at('close'));
  assert.equal(
    session.stored().map(({ type }) => type),
    ['SessionCreated', 'SessionClosed'],
  );
});

test('a stored session comes back as it was and tells nothing', () => {
  const stored = ready();
  stored.subscribe('test://a');
  const session = Session.rehydrate(stored.snapshot());
  assert.equal(session.snapshot(), stored.snapshot());
  assert.equal(session.stored(), []);
  session.beginClosing();
  assert.is(session.state, 'closing');
});

test('a snapshot never changes', () => {
  const session = ready();
  session.subscribe('test://a');
  const before = session.snapshot();
  session.unsubscribe('test://a');
  session.subscribe('test://b');
  session.setLogLevel('error');
  session.beginClosing();
  assert.equal([...before.subscriptions], ['test://a']);
  assert.is(before.logLevel, 'info');
  assert.is(before.state, 'ready');
});

for (const [state, open] of [
  ['initializing', initializing],
  ['ready', ready],
] as const) {
  test(`a session that is ${state} takes a log level and subscriptions`, () => {
    const session = open();
    session.setLogLevel('debug');
    session.subscribe('test://a');
    session.subscribe('test://b');
    session.unsubscribe('test://a');
    assert.is(session.snapshot().logLevel, 'debug');
    assert.equal([...session.snapshot().subscriptions], ['test://b']);
  });
}

for (const [state, open] of [
  ['created', () => Session.open(id, at('open'))],
  ['closing', closing],
  ['closed', closed],
] as const) {
  for (const [what, change] of [
    ['log level', (session: Session) => session.setLogLevel('debug')],
    ['subscription', (session: Session) => session.subscribe('test://a')],
    ['end of a subscription', (session: Session) => session.unsubscribe('test://a')],
  ] as const) {
    test(`a session that is ${state} takes no ${what}`, () => {
      const session = open();
      const before = session.snapshot();
      assert.throws(
        () => change(session),
        (error: unknown) =>
          refusedWith('session.not-ready')(error) && (error as DomainError).data['state'] === state,
      );
      assert.is(session.snapshot(), before);
    });
  }
}

test('subscribing twice is subscribing once', () => {
  const session = ready();
  session.subscribe('test://a');
  session.subscribe('test://a');
  session.unsubscribe('test://a');
  assert.is(session.snapshot().subscriptions.size, 0);
});

test('unsubscribing from what was never subscribed is no error', () => {
  const session = ready();
  session.unsubscribe('test://a');
  assert.is(session.snapshot().subscriptions.size, 0);
});

test('a session watches at most 256 resources', () => {
  const session = ready();
  for (let n = 0; n < 256; n++) session.subscribe(`test://${n}`);
  session.subscribe('test://0');
  assert.throws(
    () => session.subscribe('test://256'),
    (error: unknown) =>
      refusedWith('session.too-many-subscriptions')(error) &&
      (error as DomainError).kind === 'exhausted' &&
      (error as DomainError).data['limit'] === 256,
  );
  assert.is(session.snapshot().subscriptions.size, 256);
  session.unsubscribe('test://0');
  session.subscribe('test://256');
  assert.ok(session.snapshot().subscriptions.has('test://256'));
});

test.run();
