import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { logLevels } from '../../../../src/domain/session/log-level.ts';
import { Session } from '../../../../src/domain/session/session.ts';
import type { SessionId } from '../../../../src/domain/session/session-events.ts';
import { DomainError } from '../../../../src/domain/shared/domain-error.ts';
import type { EventId } from '../../../../src/domain/shared/domain-event.ts';

const test = suite('session under any commands');

const stamp = { eventId: 'e' as EventId, occurredAt: '2026-01-01T00:00:00.000Z' };
const uri = fc.constantFrom('test://a', 'test://b', 'test://c');

interface Command {
  readonly name: string;
  run(session: Session): void;
}

const command: fc.Arbitrary<Command> = fc.oneof(
  fc.string().map((protocolVersion) => ({
    name: 'initialize',
    run: (session: Session) =>
      session.initialize({ protocolVersion, client: { name: 'n', version: 'v' }, capabilities: {} }),
  })),
  fc.constant({ name: 'confirm', run: (session: Session) => session.confirm(stamp) }),
  fc
    .constantFrom(...logLevels)
    .map((level) => ({ name: `log ${level}`, run: (session: Session) => session.setLogLevel(level) })),
  uri.map((one) => ({ name: `subscribe ${one}`, run: (session: Session) => session.subscribe(one) })),
  uri.map((one) => ({ name: `unsubscribe ${one}`, run: (session: Session) => session.unsubscribe(one) })),
  fc.constant({ name: 'beginClosing', run: (session: Session) => session.beginClosing() }),
  fc.constant({ name: 'finishClosing', run: (session: Session) => session.finishClosing(stamp) }),
);

/** The states that may follow each, told once more: one step each, never back. */
const steps = [
  'created initializing',
  'initializing ready',
  'initializing closing',
  'ready closing',
  'closing closed',
];

test('its state moves along the table only, and what is refused changes nothing', async () => {
  await fc.assert(
    fc.property(fc.array(command, { maxLength: 30 }), (commands) => {
      const session = Session.open('s' as SessionId, stamp);
      for (const { run } of commands) {
        const before = session.snapshot();
        try {
          run(session);
        } catch (error) {
          assert.instance(error, DomainError);
          assert.is(session.snapshot(), before);
          continue;
        }
        const after = session.snapshot();
        if (after.state !== before.state) assert.ok(steps.includes(`${before.state} ${after.state}`));
        else assert.ok(['initializing', 'ready'].includes(after.state), 'only a live session changes');
      }
    }),
  );
});

test('what was agreed is fixed from initialize on', async () => {
  await fc.assert(
    fc.property(fc.array(command, { maxLength: 30 }), (commands) => {
      const session = Session.open('s' as SessionId, stamp);
      const agreed = new Set<string>();
      for (const { run } of commands) {
        attempt(session, run);
        if (session.state !== 'created') agreed.add(session.snapshot().protocolVersion);
      }
      assert.ok(agreed.size <= 1);
    }),
  );
});

test('its events tell the states it went through, in order and once', async () => {
  await fc.assert(
    fc.property(fc.array(command, { maxLength: 30 }), (commands) => {
      const session = Session.open('s' as SessionId, stamp);
      const expected = ['SessionCreated'];
      for (const { run } of commands) {
        const { state } = session;
        attempt(session, run);
        if (session.state === state) continue;
        if (session.state === 'ready') expected.push('SessionInitialized');
        if (session.state === 'closed') expected.push('SessionClosed');
      }
      assert.equal(
        session.stored().map(({ type }) => type),
        expected,
      );
    }),
  );
});

test('its subscriptions are a set', async () => {
  await fc.assert(
    fc.property(fc.array(command, { maxLength: 40 }), (commands) => {
      const session = Session.open('s' as SessionId, stamp);
      const expected = new Set<string>();
      for (const { name, run } of commands) {
        const [verb, target] = name.split(' ') as [string, string | undefined];
        if (!attempt(session, run) || target === undefined) continue;
        if (verb === 'subscribe') expected.add(target);
        if (verb === 'unsubscribe') expected.delete(target);
      }
      assert.equal([...session.snapshot().subscriptions].sort(), [...expected].sort());
    }),
  );
});

/** True if the session let it happen. */
function attempt(session: Session, run: Command['run']): boolean {
  try {
    run(session);
    return true;
  } catch (error) {
    assert.instance(error, DomainError);
    return false;
  }
}

test.run();
