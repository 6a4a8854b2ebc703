import type { Conversation } from './conversation.ts';
import type { ConversationId } from './conversation-events.ts';
import type { ConversationSummary } from './conversation-summary.ts';

/** A store of conversations. Who may see which is the application's business: `owner` is only what lists go by. */
export interface ConversationRepository {
  /**
   * Stores a new conversation and its pending events together; the caller forgets them afterwards.
   * @throws DomainError `conversation.exists`
   */
  add(conversation: Conversation): Promise<void>;

  /** The conversation as stored, or undefined. The caller may change its copy freely: only `update` stores. */
  find(id: ConversationId): Promise<Conversation | undefined>;

  /**
   * Loads, changes and stores in one step, events included, and resolves with the conversation as stored, its events still pending. `change` is
   * pure and synchronous: on a version conflict it runs again on the newer state. What it throws is thrown, nothing stored.
   * @throws DomainError `conversation.not-found`
   */
  update(id: ConversationId, change: (conversation: Conversation) => void): Promise<Conversation>;

  /**
   * Lists this owner's conversations, the one that changed last first; of the same moment, the newer id first.
   * @param limit at least 1
   */
  list(owner: string, limit: number): Promise<readonly ConversationSummary[]>;
}
