import type { Conversation } from './conversation.ts';
import type { ConversationDeleted, ConversationId } from './conversation-events.ts';
import type { ConversationSummary } from './conversation-summary.ts';
import type { Message } from './message.ts';

/** A store of conversations. Who may see which is the application's business: `owner` is only what lists go by. */
export interface ConversationRepository {
  /** The reason why one that there was may be gone, as the end of a sentence; absent where they stay until they are removed. */
  readonly forgets?: string | undefined;

  /**
   * Stores a new conversation, its pending messages and events together; the caller forgets them afterwards.
   * @throws DomainError `conversation.exists`
   */
  add(conversation: Conversation): Promise<void>;

  /** The conversation as stored, or undefined. The caller may change its copy freely: only `update` stores. */
  find(id: ConversationId): Promise<Conversation | undefined>;

  /**
   * The first `count` messages, or as many as there are; none of a conversation that is not there. Messages never change: those that a
   * conversation counts can be read beside it, whatever was added since.
   */
  transcript(id: ConversationId, count: number): Promise<readonly Message[]>;

  /**
   * Loads, changes and stores in one step, messages and events included, and resolves with the conversation as stored, both still pending. `change` is
   * pure and synchronous: on a version conflict it runs again on the newer state. What it throws is thrown, nothing stored.
   * @throws DomainError `conversation.not-found`
   */
  update(id: ConversationId, change: (conversation: Conversation) => void): Promise<Conversation>;

  /**
   * Lists this owner's conversations, the one that changed last first; of the same moment, the newer id first.
   * @param owner undefined: everybody's
   * @param limit at least 1
   */
  list(owner: string | undefined, limit: number): Promise<readonly ConversationSummary[]>;

  /** Removes a conversation and what was said in it, and stores the event with that. @returns false if there is none */
  remove(deleted: ConversationDeleted): Promise<boolean>;
}
