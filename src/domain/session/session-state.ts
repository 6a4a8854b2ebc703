import { DomainError } from '../shared/domain-error.ts';

export type SessionState = 'created' | 'initializing' | 'ready' | 'closing' | 'closed';

/** The states that may follow each; a transition that is not here does not exist. */
const transitions: Readonly<Record<SessionState, readonly SessionState[]>> = {
  created: ['initializing'],
  initializing: ['ready', 'closing'],
  ready: ['closing'],
  closing: ['closed'],
  closed: [],
};

/**
 * The next state, if the table allows it.
 * @throws DomainError `session.illegal-transition`
 */
export function transition(from: SessionState, to: SessionState): SessionState {
  if (transitions[from].includes(to)) return to;
  throw new DomainError(
    'session.illegal-transition',
    'conflict',
    `A session that is ${from} can't become ${to}`,
    { from, to },
  );
}
