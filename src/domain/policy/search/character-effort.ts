import { type CompileEffort, effortOf } from './compile-effort.ts';

/**
 * Ways through a character or a set that take no code unit, one, and two. A set that goes beyond U+FFFF is to the engine a choice of
 * characters, of halves of pairs, and of pairs by their first halves.
 */
const ONE = effortOf([0, 1]);
const PAIR = effortOf([0, 0, 1]);
const PROPERTY = effortOf([0, 3, 40]);
const MEMBERS_PER_STEP = 4;
const LAST_OF_ONE_UNIT = 0xffff;

/** Effort of a set of nearly all characters, such as `.`. */
export const effortOfAny = effortOf([0, 3, 1]);

/** Effort of a character; of one whose code nobody knows, as of one below U+10000. */
export function effortOfCharacter(code = 0): CompileEffort {
  return code > LAST_OF_ONE_UNIT ? PAIR : ONE;
}

/** Effort of a set that has a name. @param name as it is written behind its backslash: `d`, `W`, `p{L}` */
export function effortOfClass(name: string): CompileEffort {
  if (name.length > 1) return PROPERTY;
  return /[DWS]/.test(name) ? effortOfAny : ONE;
}

/** Effort of what brackets hold. */
export function effortOfBrackets(members: readonly CompileEffort[], isNegated: boolean): CompileEffort {
  const all = isNegated ? [...members, effortOfAny] : members;
  const ways = (units: number) => all.map((member) => member.ways[units] ?? 0);
  const pairs = ways(2).reduce((sum, ways) => sum + ways, 0);
  return effortOf([0, Math.max(1, ...ways(1)), pairs], 1 + members.length / MEMBERS_PER_STEP);
}
