import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type SessionState, transition } from '../../../../src/domain/session/session-state.ts';
import { DomainError } from '../../../../src/domain/shared/domain-error.ts';

const test = suite('session-state');

const states: readonly SessionState[] = ['created', 'initializing', 'ready', 'closing', 'closed'];

/** Every step there is; a client that never confirms closes from `initializing`. */
const allowed = [
  'created → initializing',
  'initializing → ready',
  'initializing → closing',
  'ready → closing',
  'closing → closed',
];

for (const from of states) {
  for (const to of states) {
    if (allowed.includes(`${from} → ${to}`)) {
      test(`${from} becomes ${to}`, () => {
        assert.is(transition(from, to), to);
      });
    } else {
      test(`${from} never becomes ${to}`, () => {
        assert.throws(
          () => transition(from, to),
          (error: unknown) =>
            error instanceof DomainError &&
            error.code === 'session.illegal-transition' &&
            error.kind === 'conflict' &&
            error.message === `A session that is ${from} can't become ${to}` &&
            error.data['from'] === from &&
            error.data['to'] === to,
        );
      });
    }
  }
}

test.run();
