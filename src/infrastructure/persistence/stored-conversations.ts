import type { Change, Head, Store } from '../../application/ports/store.ts';
import { Conversation, type ConversationSnapshot } from '../../domain/conversation/conversation.ts';
import type { ConversationDeleted, ConversationId } from '../../domain/conversation/conversation-events.ts';
import type { ConversationRepository } from '../../domain/conversation/conversation-repository.ts';
import { type ConversationSummary, summarize } from '../../domain/conversation/conversation-summary.ts';
import type { Message } from '../../domain/conversation/message.ts';
import { DomainError } from '../../domain/shared/domain-error.ts';
import type { DomainEvent } from '../../domain/shared/domain-event.ts';
import type { JsonObject } from '../../domain/shared/json.ts';

const KIND = 'conversation';

/** Conversations in a store: a head, messages beside it, and the events of each change with it. */
export class StoredConversations implements ConversationRepository {
  private readonly store: Store;
  private readonly why: (() => string | undefined) | undefined;

  /** @param why as `forgets` in the port, for a store that does, or may */
  constructor(store: Store, why?: () => string | undefined) {
    this.store = store;
    this.why = why;
  }

  get forgets(): string | undefined {
    return this.why?.();
  }

  async add(conversation: Conversation): Promise<void> {
    if (await this.isStored(changeOf(conversation, undefined))) return;
    throw new DomainError(
      'conversation.exists',
      'conflict',
      `There is a conversation ${conversation.id} already`,
    );
  }

  async find(id: ConversationId): Promise<Conversation | undefined> {
    const head = await this.store.find(KIND, id);
    return head && Conversation.rehydrate(snapshotIn(head));
  }

  async transcript(id: ConversationId, count: number): Promise<readonly Message[]> {
    return (await this.store.appended(KIND, id, count)) as unknown as readonly Message[];
  }

  async update(id: ConversationId, change: (conversation: Conversation) => void): Promise<Conversation> {
    for (;;) {
      const conversation = await this.find(id);
      if (conversation === undefined) throw notFound(id);
      const { version } = conversation.snapshot();
      change(conversation);
      const isChanged = conversation.snapshot().version !== version;
      if (!isChanged || (await this.isStored(changeOf(conversation, version)))) return conversation;
    }
  }

  async list(owner: string | undefined, limit: number): Promise<readonly ConversationSummary[]> {
    return (await this.store.list(KIND, owner, limit)).map((head) => summarize(snapshotIn(head)));
  }

  async remove(deleted: ConversationDeleted): Promise<boolean> {
    const { conversationId: id } = deleted.payload;
    const events = [deleted as unknown as DomainEvent];
    for (;;) {
      const head = await this.store.find(KIND, id);
      if (head === undefined) return false;
      const change = { kind: KIND, id, from: head.version, head: undefined, appended: [], events } as const;
      if (await this.isStored(change)) return true;
    }
  }

  /** @returns false where the conversation is not at the version that it was loaded at */
  private async isStored(change: Change): Promise<boolean> {
    try {
      await this.store.commit([change]);
      return true;
    } catch (error) {
      if (error instanceof DomainError && error.code === 'store.conflict') return false;
      throw error;
    }
  }
}

/** @param from the version that it was loaded at; undefined for a new one */
function changeOf(conversation: Conversation, from: number | undefined): Change {
  const snapshot = conversation.snapshot();
  const { id, owner, version, updatedAt } = snapshot;
  return {
    kind: KIND,
    id,
    from,
    head: { id, owner, version, updatedAt, state: snapshot as unknown as JsonObject },
    appended: conversation.pendingMessages as unknown as readonly JsonObject[],
    events: conversation.pendingEvents as unknown as readonly DomainEvent[],
  };
}

const snapshotIn = ({ state }: Head) => state as unknown as ConversationSnapshot;

const notFound = (id: string) =>
  new DomainError('conversation.not-found', 'not-found', `There is no conversation ${id} any more`);
