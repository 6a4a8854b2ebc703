import type {
  Change,
  EventCursor,
  EventFilter,
  Head,
  Store,
  StoredEvent,
  StoredKind,
} from '../../../application/ports/store.ts';
import type { DomainEvent } from '../../../domain/shared/domain-event.ts';
import type { JsonObject } from '../../../domain/shared/json.ts';
import { storeConflict } from '../store-conflict.ts';

/** The room for what is stored; what was used longest ago is forgotten first, never what is being stored. */
export interface MemoryLimits {
  readonly maxAggregates: number;
  /** Of everything that aggregates added, together. */
  readonly maxCharacters: number;
  readonly maxEvents: number;
}

interface Kept {
  readonly kind: StoredKind;
  head: Head;
  /** Only ever added to. */
  readonly appended: JsonObject[];
  characters: number;
}

/** A store in this process, which has the last things only. */
export class MemoryStore implements Store {
  private readonly limits: MemoryLimits;
  /** By kind and id, in the order of their last use. */
  private readonly kept = new Map<string, Kept>();
  private characters = 0;
  /** The last ones, in order; the place of each is its distance from the first there ever was. */
  private stored: DomainEvent[] = [];
  private forgotten = 0;

  constructor(limits: MemoryLimits) {
    this.limits = limits;
  }

  async commit(changes: readonly Change[]): Promise<void> {
    for (const { kind, id, from } of changes)
      if (this.kept.get(keyOf(kind, id))?.head.version !== from) throw storeConflict(kind, id);
    for (const change of changes) this.apply(change); // nothing is awaited in between: nobody sees a part of it
    this.keepEvents(changes.flatMap(({ events }) => events));
  }

  async append(events: readonly DomainEvent[]): Promise<void> {
    this.keepEvents(events);
  }

  async find(kind: StoredKind, id: string): Promise<Head | undefined> {
    const key = keyOf(kind, id);
    const kept = this.kept.get(key);
    if (kept === undefined) return undefined;
    this.kept.delete(key);
    this.kept.set(key, kept);
    return kept.head;
  }

  async appended(kind: StoredKind, id: string, count: number): Promise<readonly JsonObject[]> {
    return this.kept.get(keyOf(kind, id))?.appended.slice(0, count) ?? [];
  }

  async list(kind: StoredKind, owner: string | undefined, limit: number): Promise<readonly Head[]> {
    return [...this.kept.values()]
      .flatMap((one) =>
        one.kind === kind && (owner === undefined || one.head.owner === owner) ? [one.head] : [],
      )
      .sort(byLastChange)
      .slice(0, limit);
  }

  async events(
    { types, since }: EventFilter,
    after: EventCursor | undefined,
    limit: number,
  ): Promise<readonly StoredEvent[]> {
    const found: StoredEvent[] = [];
    const first = after === undefined ? 0 : Math.max(0, Number(after) - this.forgotten);
    for (let at = first; at < this.stored.length && found.length < limit; at++) {
      const event = this.stored[at] as DomainEvent;
      if (types !== undefined && !types.includes(event.type)) continue;
      if (since !== undefined && event.occurredAt < since) continue;
      found.push({ ...event, cursor: String(this.forgotten + at + 1) });
    }
    return found;
  }

  private apply({ kind, id, head, appended }: Change): void {
    const key = keyOf(kind, id);
    const kept = this.kept.get(key);
    this.kept.delete(key);
    if (head === undefined) {
      this.characters -= kept?.characters ?? 0;
      return;
    }
    const characters = JSON.stringify(appended).length;
    const changed = kept ?? { kind, head, appended: [], characters: 0 };
    changed.head = head;
    changed.appended.push(...appended);
    changed.characters += characters;
    this.characters += characters;
    this.kept.set(key, changed);
    this.forget(key);
  }

  private forget(stored: string): void {
    const { maxAggregates, maxCharacters } = this.limits;
    for (const [key, { characters }] of this.kept) {
      if (this.kept.size <= maxAggregates && this.characters <= maxCharacters) return;
      if (key === stored) return;
      this.kept.delete(key);
      this.characters -= characters;
    }
  }

  private keepEvents(events: readonly DomainEvent[]): void {
    this.stored.push(...events);
    const { maxEvents } = this.limits;
    if (this.stored.length <= maxEvents * 2) return; // in large steps: each costs a copy
    this.forgotten += this.stored.length - maxEvents;
    this.stored = this.stored.slice(-maxEvents);
  }
}

const keyOf = (kind: StoredKind, id: string) => `${kind}:${id}`;

function byLastChange(a: Head, b: Head): number {
  return descending(a.updatedAt, b.updatedAt) || descending(a.id, b.id);
}

function descending(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? 1 : -1;
}
