const MAX_EVENTS = 512;
const MAX_CHARACTERS = 1024 * 1024;

interface Entry {
  readonly stream: number;
  readonly number: number;
  readonly frame: string;
}

/** What came on a stream since an event. */
export interface Missed {
  readonly stream: number;
  readonly missed: readonly (readonly [id: string, frame: string])[];
}

/**
 * The last events of a session, so that a client whose stream broke can have what it missed (MCP 2025-11-25, basic/transports,
 * "Resumability and Redelivery"). Bounded; the newest is always kept. An id names the stream and the event: `2.17`.
 */
export class EventLog {
  private readonly entries: Entry[] = [];
  private characters = 0;
  private last = 0;
  /** The newest event that is no longer kept. */
  private forgotten = 0;

  /** @returns the event's id */
  add(stream: number, frame: string): string {
    this.last += 1;
    this.entries.push({ stream, number: this.last, frame });
    this.characters += frame.length;
    this.trim();
    return `${stream}.${this.last}`;
  }

  /** An id to come back with for everything that the stream has from here on. */
  mark(stream: number): string {
    return `${stream}.${this.last}`;
  }

  /** What came on the stream after the event of this id; undefined when no such id was given out, or too much came since. */
  after(id: string): Missed | undefined {
    const [, stream, number] = /^(\d{1,15})\.(\d{1,15})$/.exec(id) ?? [];
    const from = Number(number);
    if (stream === undefined || from > this.last || from < this.forgotten) return undefined;
    const missed = this.entries.filter((entry) => entry.stream === Number(stream) && entry.number > from);
    return {
      stream: Number(stream),
      missed: missed.map((entry) => [`${stream}.${entry.number}`, entry.frame] as const),
    };
  }

  private trim(): void {
    while (
      this.entries.length > MAX_EVENTS ||
      (this.characters > MAX_CHARACTERS && this.entries.length > 1)
    ) {
      const oldest = this.entries.shift();
      this.characters -= oldest?.frame.length ?? 0;
      this.forgotten = oldest?.number ?? this.forgotten;
    }
  }
}
