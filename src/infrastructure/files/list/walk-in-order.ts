/** Facts about a directory that was read, for the walk. */
export interface WalkedFolder {
  /** In the order of the walk: by code unit. A reader that goes on below by itself gives paths, in the same order. */
  readonly names: readonly string[];
  /** Positions in `names` of the directories that the walk enters, ascending. */
  readonly below: readonly number[];
}

/**
 * Names of one directory that come one after the other: `names[from]` up to, not including, `names[to]`. Of a directory without
 * names there is one stretch too, an empty one.
 */
export interface Stretch<F extends WalkedFolder> {
  /** Relative to where the walk began; empty, or with a trailing `/`. */
  readonly path: string;
  readonly folder: F;
  readonly from: number;
  readonly to: number;
}

export interface Walk<F extends WalkedFolder> {
  read(path: string): Promise<F>;
  /** Directories that are read at once. */
  readonly ahead: number;
  /** The path that was passed last: what comes up to it is left out. */
  readonly after?: Passed;
  readonly signal: AbortSignal;
}

export interface Passed {
  /** Of the path, component by component. */
  readonly names: readonly string[];
  /** Entries of this very path that were passed: of names that are no UTF-8, several can look alike. */
  readonly times: number;
}

/** Names that may wait for the walk to come by; beyond them nothing is read ahead. */
const MOST_WAITING = 100_000;

/**
 * Walks a tree in the order of its paths' components, which is the same however the reading goes, and reads ahead.
 * A directory's own name comes before what is in it. Rejects as `read` does, or with the signal's reason.
 */
export async function* walkInOrder<F extends WalkedFolder>(walk: Walk<F>): AsyncGenerator<Stretch<F>> {
  const reader = new ReadAhead(walk);
  const visits: Visit<F>[] = [];
  try {
    visits.push(await reader.visit(new Place<F>('', walk.after)));
    for (let visit = visits.at(-1); visit !== undefined; visit = visits.at(-1)) {
      const { place, folder, children } = visit;
      const child = children[visit.entered];
      const to = child ? child.index + 1 : folder.names.length;
      if (visit.from < to || to === 0) yield { path: place.path, folder, from: visit.from, to };
      visit.from = Math.max(to, visit.from);
      visit.entered += 1;
      if (child) visits.push(await reader.visit(child.place));
      else visits.pop();
    }
  } finally {
    reader.stop();
  }
}

/** A directory on the way, read or not. */
class Place<F extends WalkedFolder> {
  readonly path: string;
  readonly after: Passed | undefined;
  isBegun = false;
  /** From the beginning of its reading until the walk comes by. */
  visit: Promise<Visit<F>> | undefined;

  constructor(path: string, after: Passed | undefined) {
    this.path = path;
    this.after = after;
  }
}

interface Child<F extends WalkedFolder> {
  /** Position of its name among its parent's. */
  readonly index: number;
  readonly place: Place<F>;
}

interface Visit<F extends WalkedFolder> {
  readonly place: Place<F>;
  readonly folder: F;
  readonly children: readonly Child<F>[];
  /** The first name that was not passed yet. */
  from: number;
  /** Children that were entered. */
  entered: number;
}

/** Reads what the walk will ask for: nearest first, so many at once. */
class ReadAhead<F extends WalkedFolder> {
  private readonly walk: Walk<F>;
  /** Not begun; the next one last. */
  private readonly pending: Place<F>[] = [];
  private running = 0;
  private waitingNames = 0;
  private stopped = false;

  constructor(walk: Walk<F>) {
    this.walk = walk;
  }

  /** The directory, read; at once, whatever else is being read. */
  async visit(place: Place<F>): Promise<Visit<F>> {
    this.walk.signal.throwIfAborted();
    const visit = await (place.visit ?? this.begin(place));
    place.visit = undefined; // its parent must not keep the whole tree
    this.walk.signal.throwIfAborted();
    this.waitingNames -= visit.folder.names.length;
    this.proceed();
    return visit;
  }

  stop(): void {
    this.stopped = true;
    this.pending.length = 0;
  }

  private begin(place: Place<F>): Promise<Visit<F>> {
    this.running += 1;
    place.isBegun = true;
    place.visit = this.read(place);
    // The failure is told when the walk comes to this directory; if it never does, it doesn't matter.
    place.visit.catch(() => undefined);
    return place.visit;
  }

  private async read(place: Place<F>): Promise<Visit<F>> {
    try {
      const folder = await this.walk.read(place.path);
      const visit = { place, folder, ...remaining(place, folder), entered: 0 };
      this.waitingNames += folder.names.length;
      for (let at = visit.children.length - 1; at >= 0; at--)
        this.pending.push((visit.children[at] as Child<F>).place);
      return visit;
    } finally {
      this.running -= 1;
      this.proceed();
    }
  }

  private proceed(): void {
    if (this.stopped || this.walk.signal.aborted) return;
    while (this.running < this.walk.ahead && this.waitingNames < MOST_WAITING) {
      const place = this.pending.pop();
      if (place === undefined) return;
      if (!place.isBegun) void this.begin(place);
    }
  }
}

/** The part of a directory that is still to come after the path that was passed last. */
function remaining<F extends WalkedFolder>(place: Place<F>, { names, below }: WalkedFolder) {
  const { names: [last, ...rest] = [], times = 0 } = place.after ?? {};
  let from = 0;
  if (last !== undefined) while (from < names.length && (names[from] as string) < last) from++;
  const isPassed = last !== undefined && names[from] === last;
  if (isPassed) from += 1;
  for (let more = rest.length > 0 ? 0 : times - 1; more > 0 && names[from] === last; more--) from += 1;
  const children: Child<F>[] = [];
  for (const index of below) {
    if (isPassed ? index < from - 1 : index < from) continue;
    const after = isPassed && index === from - 1 && rest.length > 0 ? { names: rest, times } : undefined;
    children.push({ index, place: new Place<F>(`${place.path}${names[index]}/`, after) });
  }
  return { from, children };
}
