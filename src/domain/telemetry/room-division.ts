/** A list that wants room: its items in full, and without details. */
export interface RoomRequest {
  readonly full: readonly { readonly bytes: number }[];
  readonly brief: readonly { readonly bytes: number }[];
  readonly weight: number;
}

/** The first items that a list keeps, and how many of these, from the first, in full. */
export interface Kept {
  readonly items: number;
  readonly details: number;
}

/**
 * Divides bytes among lists: first for their items without details, of each list at least one where there is room for that, then for
 * details. Each gets its part by weight, and what one leaves over goes to the others, in their order.
 */
export function divideRoom(lists: readonly RoomRequest[], room: number): readonly Kept[] {
  const firsts = sumOf(lists.map(({ brief }) => brief[0]?.bytes ?? 0));
  const paid = firsts <= room ? 1 : 0;
  const others = lists.map(({ brief, weight }) => ({
    costs: brief.slice(paid).map(({ bytes }) => bytes),
    weight,
  }));
  const more = share(others, room - paid * firsts);
  const items = lists.map(({ brief }, at) => Math.min(brief.length, paid) + (more.counts[at] ?? 0));
  const extras = lists.map(({ full, brief, weight }, at) => ({
    costs: full.slice(0, items[at]).map(({ bytes }, index) => bytes - (brief[index]?.bytes ?? 0)),
    weight,
  }));
  const details = share(extras, more.left);
  return items.map((count, at) => ({ items: count, details: details.counts[at] ?? 0 }));
}

interface Want {
  readonly costs: readonly number[];
  readonly weight: number;
}

/** The number of each list's costs, from the first, that are paid, and the room that is left. */
function share(
  wants: readonly Want[],
  room: number,
): { readonly counts: readonly number[]; readonly left: number } {
  const shares = sharesOf(wants, room);
  const counts = wants.map(({ costs }, at) => countWithin(costs, 0, shares[at] ?? 0));
  let left = room - wants.reduce((sum, { costs }, at) => sum + sumOf(costs.slice(0, counts[at])), 0);
  for (const [at, { costs }] of wants.entries()) {
    const from = counts[at] ?? 0;
    const to = countWithin(costs, from, left);
    left -= sumOf(costs.slice(from, to));
    counts[at] = to;
  }
  return { counts, left };
}

/** Equal parts by weight, but to no one more than it wants. */
function sharesOf(wants: readonly Want[], room: number): readonly number[] {
  const sums = wants.map(({ costs }) => sumOf(costs));
  const shares = wants.map(() => 0);
  let open = [...wants.keys()];
  let left = room;
  while (open.length > 0) {
    const weights = sumOf(open.map((at) => wants[at]?.weight ?? 0));
    const part = (at: number) => (left * (wants[at]?.weight ?? 0)) / weights;
    const content = open.filter((at) => (sums[at] ?? 0) <= part(at));
    const served = content.length > 0 ? content : open;
    for (const at of served) shares[at] = content.length > 0 ? (sums[at] ?? 0) : part(at);
    open = open.filter((at) => !served.includes(at));
    left -= sumOf(served.map((at) => shares[at] ?? 0));
  }
  return shares;
}

/** The index behind the last cost, from an index on, up to which all together are no more than the room. */
function countWithin(costs: readonly number[], from: number, room: number): number {
  let left = room;
  let at = from;
  for (; at < costs.length; at++) {
    left -= costs[at] ?? 0;
    if (left < 0) break;
  }
  return at;
}

const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
