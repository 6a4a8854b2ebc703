import { Conversation, type ConversationSnapshot } from '../../../domain/conversation/conversation.ts';
import type { ConversationId } from '../../../domain/conversation/conversation-events.ts';
import type { ConversationRepository } from '../../../domain/conversation/conversation-repository.ts';
import { type ConversationSummary, summarize } from '../../../domain/conversation/conversation-summary.ts';
import { DomainError } from '../../../domain/shared/domain-error.ts';

/** The room for conversations; the conversation that was used longest ago is forgotten first, never the one being stored. */
export interface MemoryLimits {
  readonly maxConversations: number;
  /** Of all conversations together. */
  readonly maxCharacters: number;
}

interface Kept {
  readonly snapshot: ConversationSnapshot;
  readonly characters: number;
}

/** Conversations in this process, the last ones only. */
export class MemoryConversationRepository implements ConversationRepository {
  /** In the order of their last use. */
  private readonly kept = new Map<ConversationId, Kept>();
  private readonly limits: MemoryLimits;
  private characters = 0;

  constructor(limits: MemoryLimits) {
    this.limits = limits;
  }

  async add(conversation: Conversation): Promise<void> {
    if (this.kept.has(conversation.id)) {
      throw new DomainError(
        'conversation.exists',
        'conflict',
        `There is a conversation ${conversation.id} already`,
      );
    }
    this.keep(conversation.snapshot());
  }

  async find(id: ConversationId): Promise<Conversation | undefined> {
    const kept = this.kept.get(id);
    if (kept === undefined) return undefined;
    this.kept.delete(id);
    this.kept.set(id, kept);
    return Conversation.rehydrate(kept.snapshot);
  }

  async update(id: ConversationId, change: (conversation: Conversation) => void): Promise<Conversation> {
    const kept = this.kept.get(id);
    if (kept === undefined) {
      throw new DomainError('conversation.not-found', 'not-found', `There is no conversation ${id} any more`);
    }
    const conversation = Conversation.rehydrate(kept.snapshot);
    change(conversation); // nothing is awaited in between: no other update can be lost
    this.keep(conversation.snapshot());
    return conversation;
  }

  async list(owner: string, limit: number): Promise<readonly ConversationSummary[]> {
    return [...this.kept.values()]
      .filter(({ snapshot }) => snapshot.owner === owner)
      .map(({ snapshot }) => snapshot)
      .sort(byLastChange)
      .slice(0, limit)
      .map(summarize);
  }

  private keep(snapshot: ConversationSnapshot): void {
    const before = this.kept.get(snapshot.id);
    const added = snapshot.messages.slice(before?.snapshot.messages.length ?? 0); // nothing is ever taken away
    const characters = (before?.characters ?? 0) + JSON.stringify(added).length;
    this.kept.delete(snapshot.id);
    this.kept.set(snapshot.id, { snapshot, characters });
    this.characters += characters - (before?.characters ?? 0);
    this.forget(snapshot.id);
  }

  private forget(stored: ConversationId): void {
    const { maxConversations, maxCharacters } = this.limits;
    for (const [id, { characters }] of this.kept) {
      if (this.kept.size <= maxConversations && this.characters <= maxCharacters) return;
      if (id === stored) return;
      this.kept.delete(id);
      this.characters -= characters;
    }
  }
}

function byLastChange(a: ConversationSnapshot, b: ConversationSnapshot): number {
  return descending(a.updatedAt, b.updatedAt) || descending(a.id, b.id);
}

function descending(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? 1 : -1;
}
