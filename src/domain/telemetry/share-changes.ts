import { logLikelihoodRatio, type Share } from './log-likelihood-ratio.ts';

/** Something that happened, as one of the things that can happen in its group. */
export interface Occurrence {
  readonly group: string;
  readonly member: string;
}

/** The change of a member's share in its group. */
export interface ShareChange<T extends Occurrence> {
  readonly kind: 'new' | 'surging' | 'fading' | 'vanished';
  readonly before: Share;
  readonly after: Share;
  /** Log-likelihood ratio of the two, above 0. */
  readonly score: number;
  /** The first after the moment; of what vanished, the first before. */
  readonly sample: T;
}

/** The members whose shares changed, the most surprising first. Members of groups that are on one side only are left out. */
export function shareChanges<T extends Occurrence>(
  before: readonly T[],
  after: readonly T[],
): ShareChange<T>[] {
  const tallies = { before: tallyOf(before), after: tallyOf(after) };
  const members = new Map([...tallies.before.members, ...tallies.after.members]);
  const changes: ShareChange<T>[] = [];
  for (const [key, { sample }] of members) {
    const was = shareIn(tallies.before, key, sample);
    const is = shareIn(tallies.after, key, sample);
    const score = was.count * is.of === is.count * was.of ? 0 : logLikelihoodRatio(was, is);
    if (score > 0) changes.push({ kind: kindOf(was, is), before: was, after: is, score, sample });
  }
  return changes.sort((a, b) => b.score - a.score);
}

interface Tally<T> {
  readonly members: ReadonlyMap<string, { count: number; readonly sample: T }>;
  readonly groups: ReadonlyMap<string, number>;
}

function tallyOf<T extends Occurrence>(occurrences: readonly T[]): Tally<T> {
  const members = new Map<string, { count: number; readonly sample: T }>();
  const groups = new Map<string, number>();
  for (const sample of occurrences) {
    const key = `${sample.group}\0${sample.member}`;
    const member = members.get(key);
    if (member === undefined) members.set(key, { count: 1, sample });
    else member.count += 1;
    groups.set(sample.group, (groups.get(sample.group) ?? 0) + 1);
  }
  return { members, groups };
}

const shareIn = <T>({ members, groups }: Tally<T>, key: string, { group }: Occurrence): Share => ({
  count: members.get(key)?.count ?? 0,
  of: groups.get(group) ?? 0,
});

function kindOf(before: Share, after: Share): ShareChange<Occurrence>['kind'] {
  if (before.count === 0) return 'new';
  if (after.count === 0) return 'vanished';
  return after.count * before.of > before.count * after.of ? 'surging' : 'fading';
}
