import type {
  Change,
  EventCursor,
  EventFilter,
  Head,
  Store,
  StoredEvent,
  StoredKind,
} from '../../application/ports/store.ts';
import type { DomainEvent } from '../../domain/shared/domain-event.ts';
import type { JsonObject } from '../../domain/shared/json.ts';

/** A store that is opened at its first use, once for all. Where that fails, the use fails, and the next one tries again. */
export class DeferredStore implements Store {
  private readonly open: () => Promise<Store>;
  private opened: Promise<Store> | undefined;

  constructor(open: () => Promise<Store>) {
    this.open = open;
  }

  async commit(changes: readonly Change[]): Promise<void> {
    await (await this.store()).commit(changes);
  }

  async append(events: readonly DomainEvent[]): Promise<void> {
    await (await this.store()).append(events);
  }

  async find(kind: StoredKind, id: string): Promise<Head | undefined> {
    return await (await this.store()).find(kind, id);
  }

  async appended(kind: StoredKind, id: string, count: number): Promise<readonly JsonObject[]> {
    return await (await this.store()).appended(kind, id, count);
  }

  async list(kind: StoredKind, owner: string | undefined, limit: number): Promise<readonly Head[]> {
    return await (await this.store()).list(kind, owner, limit);
  }

  async events(
    filter: EventFilter,
    after: EventCursor | undefined,
    limit: number,
  ): Promise<readonly StoredEvent[]> {
    return await (await this.store()).events(filter, after, limit);
  }

  private store(): Promise<Store> {
    this.opened ??= this.open().catch((error) => {
      this.opened = undefined;
      throw error;
    });
    return this.opened;
  }
}
