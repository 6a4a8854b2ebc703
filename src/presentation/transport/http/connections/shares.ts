export interface SharesOptions<Held> {
  /** The number of places. */
  readonly most: number;
  /** Since when nobody uses one, by any clock; undefined while somebody does. */
  readonly idleSince: (held: Held) => number | undefined;
}

/** A place for one more. */
export interface Place<Held> {
  /** The one that has to go for it, if any. */
  readonly displaced: Held | undefined;
}

/**
 * Divides what there is only so much of among those who want it: sessions, connections. Nobody is held to a share while there is
 * enough. When there isn't, whoever has at least two more than the newcomer gives way; else the newcomer's own that was idle longest
 * does, and one who has none yet may take the place of anything idle.
 */
export class Shares<Held> {
  private readonly options: SharesOptions<Held>;
  /** By the names under which they are counted; what was first is first. */
  private readonly byOwner = new Map<string, Set<Held>>();
  private readonly owners = new Map<Held, string>();

  constructor(options: SharesOptions<Held>) {
    this.options = options;
  }

  add(owner: string, held: Held): void {
    const mine = this.byOwner.get(owner) ?? new Set();
    this.byOwner.set(owner, mine.add(held));
    this.owners.set(held, owner);
  }

  /** May be called again. */
  delete(held: Held): void {
    const owner = this.owners.get(held);
    if (owner === undefined) return;
    this.owners.delete(held);
    const others = this.byOwner.get(owner);
    others?.delete(held);
    if (others?.size === 0) this.byOwner.delete(owner);
  }

  /** Makes a place for one more, which whoever takes it adds; undefined when there is none. What is displaced is counted no longer. */
  placeFor(owner: string): Place<Held> | undefined {
    if (this.owners.size < this.options.most) return { displaced: undefined };
    const displaced = this.displacedBy(this.byOwner.get(owner) ?? new Set());
    if (displaced === undefined) return undefined;
    this.delete(displaced);
    return { displaced };
  }

  private displacedBy(mine: ReadonlySet<Held>): Held | undefined {
    const largest = this.largest();
    const [oldest] = largest;
    if (largest.size >= mine.size + 2) return this.idlest(largest) ?? oldest;
    return this.idlest(mine) ?? (mine.size === 0 ? this.idlest(this.owners.keys()) : undefined);
  }

  private largest(): ReadonlySet<Held> {
    let largest: ReadonlySet<Held> = new Set();
    for (const held of this.byOwner.values()) if (held.size > largest.size) largest = held;
    return largest;
  }

  private idlest(all: Iterable<Held>): Held | undefined {
    let idlest: Held | undefined;
    let since = Number.POSITIVE_INFINITY;
    for (const held of all) {
      const idleSince = this.options.idleSince(held);
      if (idleSince === undefined || idleSince >= since) continue;
      idlest = held;
      since = idleSince;
    }
    return idlest;
  }
}
