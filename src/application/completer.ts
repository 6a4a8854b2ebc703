import type { RequestContext } from './request-context.ts';

/** Finds all values that could stand for what was typed so far; `given` are the other arguments already filled in. */
export type Completer = (
  typed: string,
  given: Readonly<Record<string, string>>,
  context: RequestContext,
) => Promise<readonly string[]>;

/** Completes from a list: the values that begin with what was typed, in the list's order; case doesn't matter. */
export function completeFrom(values: readonly string[]): Completer {
  return async (typed) => {
    const prefix = typed.trim().toLowerCase();
    return values.filter((value) => value.startsWith(prefix));
  };
}
