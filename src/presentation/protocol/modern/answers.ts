import type { JsonObject } from '../../../domain/shared/json.ts';

/** The client's answers so far, and the questions: all that is known when a handler runs again. */
export interface AnswersSoFar {
  /** By key, of this round and those before it. */
  readonly given: JsonObject;
  /** The approvals that the client was asked for, by key, as they were worded. */
  readonly asked: JsonObject;
  /** Takes the answers for what may be done once; false if that was done, or is not known. */
  claim(): boolean;
}

/** A first round, or one without the state that a question came with: nobody was asked to approve of anything. */
export const unasked = (given: JsonObject = {}): AnswersSoFar => ({ given, asked: {}, claim: () => false });
