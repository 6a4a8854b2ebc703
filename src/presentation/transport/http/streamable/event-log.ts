import type { SharedBudget, Spender } from '../connections/shared-budget.ts';

const MAX_EVENTS = 512;
const MAX_CHARACTERS = 1024 * 1024;

const ID = /^(0|[1-9]\d{0,14})\.(0|[1-9]\d{0,14})$/;

interface Entry {
  readonly stream: number;
  readonly number: number;
  /** The number of the one before it on its stream; 0 for the first. */
  readonly previous: number;
  /** Undefined for one that is longer than a log. */
  readonly frame: string | undefined;
}

/** The events of a stream since one of them. */
export interface Missed {
  readonly stream: number;
  readonly missed: readonly (readonly [id: string, frame: string])[];
}

/**
 * The last events of a session, so that a client whose stream broke can have what it missed (MCP 2025-11-25, basic/transports,
 * "Resumability and Redelivery"). Bounded, alone and together with the others of the process: what isn't kept can't be resumed past.
 * An id names the stream and the event: `2.17`.
 */
export class EventLog implements Spender {
  private readonly budget: SharedBudget;
  /** The name under which its session's client is counted. */
  readonly owner: string;
  private entries: Entry[] = [];
  private characters = 0;
  private last = 0;
  /** The newest event of each stream that is open, kept or not. */
  private readonly newest = new Map<number, number>();
  /** The newest stream: they are numbered in the order in which they begin. */
  private newestStream = -1;
  /** The newest event that is no longer kept. */
  private forgotten = 0;
  private isClosed = false;

  constructor(budget: SharedBudget, owner: string) {
    this.budget = budget;
    this.owner = owner;
  }

  get size(): number {
    return this.characters;
  }

  /** Begins a stream. */
  open(stream: number): void {
    this.newest.set(stream, 0);
    this.newestStream = stream;
  }

  /** Nothing comes on the stream any more. */
  finish(stream: number): void {
    this.newest.delete(stream);
  }

  /** Keeps an event of an open stream. @returns its id */
  add(stream: number, frame: string): string {
    const previous = this.newest.get(stream) ?? 0;
    this.last += 1;
    if (this.newest.has(stream)) this.newest.set(stream, this.last);
    const isKept = frame.length <= MAX_CHARACTERS && !this.isClosed;
    this.entries.push({ stream, number: this.last, previous, frame: isKept ? frame : undefined });
    const before = this.characters;
    if (isKept) this.characters += frame.length;
    while (this.entries.length > MAX_EVENTS || this.characters > MAX_CHARACTERS) this.forgetOldest();
    this.budget.count(this, this.characters - before);
    return `${stream}.${this.last}`;
  }

  /** An id to come back with for everything that the stream has from here on. */
  mark(stream: number): string {
    return `${stream}.${this.last}`;
  }

  /** Finds what came on the stream after this event; undefined when no such id was given out, or some of it is not kept. */
  after(id: string): Missed | undefined {
    const [, stream, number] = ID.exec(id) ?? [];
    const from = Number(number);
    if (stream === undefined || Number(stream) > this.newestStream || from > this.last) return undefined;
    const missed = this.entries.filter((entry) => entry.stream === Number(stream) && entry.number > from);
    const newest = this.newest.get(Number(stream)) ?? this.forgotten; // of one that has ended, that is the newest which may be gone
    if ((missed[0]?.previous ?? newest) > from) return undefined;
    const events: [string, string][] = [];
    for (const { number: at, frame } of missed) {
      if (frame === undefined) return undefined;
      events.push([`${stream}.${at}`, frame]);
    }
    return { stream: Number(stream), missed: events };
  }

  /** Forgets the older half. */
  giveWay(): void {
    const before = this.characters;
    while (this.characters > before / 2) this.forgetOldest();
    this.budget.count(this, this.characters - before);
  }

  /** Forgets everything: nobody will come back. */
  close(): void {
    this.isClosed = true;
    this.entries = [];
    this.forgotten = this.last;
    const { characters } = this;
    this.characters = 0;
    this.budget.count(this, -characters);
  }

  private forgetOldest(): void {
    const oldest = this.entries.shift();
    this.characters -= oldest?.frame?.length ?? 0;
    this.forgotten = oldest?.number ?? this.forgotten;
  }
}
