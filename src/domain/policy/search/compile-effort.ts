/**
 * The work for an engine to make code of a part of an expression. V8 looks from every choice at all ways to the next four code units,
 * and from the start at all ways to the next eight, without a bound: thirty characters that may be missing have millions of ways, and
 * nothing can interrupt it (ChoiceNode::GetQuickCheckDetails and ChoiceNode::FillInBMInfo).
 */
export interface CompileEffort {
  /** Ways through the part that take 0, 1, … 8 code units. */
  readonly ways: readonly number[];
  /** Steps of a look within the part while 0, 1, … 8 code units are still to be looked at. */
  readonly steps: readonly number[];
  /** Ways from the part's choices to its end that take 0, 1, … 8 code units: what is behind it is looked at so often. */
  readonly starts: readonly number[];
  /** Steps of the looks that begin and end within the part. */
  readonly own: number;
}

/** Code units that the look from the start takes in, and those from choices. */
const FAR = 8;
const NEAR = 4;
const NONE: readonly number[] = Array.from({ length: FAR + 1 }, () => 0);

/** Effort of what takes no character, such as `^`. */
export const effortOfNothing: CompileEffort = effortOf([1]);

/** Effort of what a look ends at, such as `\1`. */
export const effortOfUnknown: CompileEffort = effortOf([]);

/**
 * Effort of a character or a set.
 * @param ways how many ways through it take 0, 1 and 2 code units
 * @param steps that each of them costs
 */
export function effortOf(ways: readonly number[], steps = 1): CompileEffort {
  const each = steps * Math.max(1, ...ways);
  return {
    ways: NONE.map((_, units) => at(ways, units)),
    steps: NONE.map((_, left) => (left === 0 ? 0 : each)),
    starts: NONE,
    own: 0,
  };
}

/** Effort of two parts, one behind the other. */
export function inSequence(first: CompileEffort, second: CompileEffort): CompileEffort {
  return {
    ways: convolved(first.ways, second.ways),
    steps: added(first.steps, convolved(first.ways, second.steps)),
    starts: added(convolved(first.starts, second.ways), second.starts),
    own: first.own + second.own + at(convolved(first.starts, second.steps), NEAR),
  };
}

/** Effort of a choice. */
export function oneOf([first = effortOfNothing, ...others]: readonly CompileEffort[]): CompileEffort {
  if (others.length === 0) return first;
  let { ways, starts, own } = first;
  let steps = added(effortOfNothing.steps, first.steps);
  for (const other of others) {
    ways = added(ways, other.ways);
    steps = added(steps, other.steps);
    starts = added(starts, other.starts);
    own += other.own;
  }
  return { ways, steps, starts: added(starts, ways), own: own + at(steps, NEAR) };
}

/** Copies that are written out in the code; for more repetitions there is a loop. */
const MOST_COPIES = 3;

/** Effort of a repetition. @param most Infinity where it has no end */
export function repeated(part: CompileEffort, least: number, most: number): CompileEffort {
  if (most === 0) return effortOfNothing;
  if (least === 1 && most === 1) return part;
  // Looks end at a loop whose body may be empty.
  if (at(part.ways, 0) > 0) return inSequence(lookingAround(part), effortOfUnknown);
  // They enter others, and go no further than through its body.
  if (least > MOST_COPIES) return inSequence(part, effortOfUnknown);
  let effort = most > MOST_COPIES ? oneOf([effortOfNothing, { ...part, ways: NONE }]) : effortOfNothing;
  if (most <= MOST_COPIES)
    for (let copy = least; copy < most; copy++) effort = oneOf([effortOfNothing, inSequence(part, effort)]);
  for (let copy = 0; copy < least; copy++) effort = inSequence(part, effort);
  return effort;
}

/** Effort of what looks ahead or behind: what follows is looked at without it, and it without what follows. */
export function lookingAround(part: CompileEffort): CompileEffort {
  return { ...effortOfNothing, own: part.own + at(part.steps, NEAR) };
}

/**
 * Each takes the engine 4 to 16 ns, and up to eight times over: in slow code and in fast, for texts of one byte a character and of
 * two, for one line and for many.
 */
const MOST_STEPS = 20_000_000;

/** True if all looks of a whole expression would take too long. That from the start goes no further than the shortest match. */
export function isTooMuch(whole: CompileEffort): boolean {
  const shortest = whole.ways.findIndex((ways) => ways > 0);
  return whole.own + at(whole.steps, shortest === -1 ? FAR : shortest) > MOST_STEPS;
}

function at(numbers: readonly number[], index: number): number {
  return numbers[index] ?? 0;
}

function added(first: readonly number[], second: readonly number[]): number[] {
  return first.map((number, index) => number + at(second, index));
}

/** Counts of what takes so many code units in all, where some are the first's and the others the second's. */
function convolved(first: readonly number[], second: readonly number[]): number[] {
  const counts = [...NONE];
  for (const [taken, ways] of first.entries())
    if (ways > 0)
      for (let units = taken; units <= FAR; units++)
        counts[units] = at(counts, units) + ways * at(second, units - taken);
  return counts;
}
