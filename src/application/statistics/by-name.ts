import { OTHER_NAME } from '../../domain/text/outside-name.ts';
import { shorten } from '../../domain/text/utf8.ts';

/** Names that are counted apart, and the characters of each: some come from clients, which make up any. */
const MOST_NAMES = 200;
const MOST_CHARACTERS = 200;

/** Stands for the name of what has none. */
const UNKNOWN = '_UNKNOWN';

/** Counts by name, in bounded memory. */
export class ByName<T> {
  private readonly named = new Map<string, T>();
  private readonly make: () => T;

  /** @param make nothing counted yet */
  constructor(make: () => T) {
    this.make = make;
  }

  /** The counts of a name; anything but a text is no name. */
  of(name: unknown): T {
    const given = typeof name === 'string' && name !== '' ? shorten(name, MOST_CHARACTERS) : UNKNOWN;
    const counted = this.named.has(given) || this.named.size < MOST_NAMES ? given : OTHER_NAME;
    const found = this.named.get(counted) ?? this.make();
    this.named.set(counted, found);
    return found;
  }

  /** Names and their counts, the greatest first; of the same size, by name. */
  sorted(size: (counts: T) => number): readonly (readonly [name: string, counts: T])[] {
    return [...this.named].sort(([a, one], [b, other]) => size(other) - size(one) || (a < b ? -1 : 1));
  }
}
