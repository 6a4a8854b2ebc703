import type { RequestContext } from '../request-context.ts';
import type { ToolLimits } from './tool-limits.ts';

/** Characters of a list that a model may want whole. */
export const LARGEST_ANSWER: number = 256 * 1024;

/** A call, as far as it decides how much text it is answered with. */
export interface AnswerRequest {
  readonly limits: Pick<ToolLimits, 'answerBytes'>;
  readonly context: Pick<RequestContext, 'client'>;
  /** True if the call says itself how much it wants. */
  readonly asksForMore: boolean;
}

/**
 * Bytes of text that a call is answered with at most: most clients give a model no more, and drop the end of what is longer.
 * @returns Infinity where the call asks for more, or nothing gets lost on the way
 */
export function answerBytes({ limits, context, asksForMore }: AnswerRequest): number {
  return asksForMore || context.client.takesAll === true ? Number.POSITIVE_INFINITY : limits.answerBytes;
}
