import type { Completer } from '../queries/complete-argument.ts';

/** Completes from a list: the values that begin with what was typed, in the list's order; case doesn't matter. */
export function completeFrom(values: readonly string[]): Completer {
  return async (typed) => {
    const prefix = typed.trim().toLowerCase();
    return values.filter((value) => value.startsWith(prefix));
  };
}
