import type { ConversationSnapshot } from '../../domain/conversation/conversation.ts';
import type { ConversationId } from '../../domain/conversation/conversation-events.ts';
import type { ConversationRepository } from '../../domain/conversation/conversation-repository.ts';
import type { ConversationSummary } from '../../domain/conversation/conversation-summary.ts';
import type { Message } from '../../domain/conversation/message.ts';
import { requireOwnConversation, transcriptOf } from '../conversations/own-conversation.ts';
import type { RequestContext } from '../request-context.ts';

export interface GetConversation {
  readonly conversationId: ConversationId;
}

/** A conversation and what was said in it. */
export interface WholeConversation extends ConversationSnapshot {
  readonly messages: readonly Message[];
}

/** A conversation of the caller's, whole. @throws DomainError `conversation.not-found` */
export function getConversation({ conversations }: { readonly conversations: ConversationRepository }) {
  return async (
    { conversationId }: GetConversation,
    { principal }: Pick<RequestContext, 'principal'>,
  ): Promise<WholeConversation> => {
    const found = await requireOwnConversation(conversations, conversationId, principal);
    return { ...found.snapshot(), messages: await transcriptOf(conversations, found) };
  };
}

export interface ListConversations {
  /** Most that are listed, the one that changed last first. */
  readonly limit: number;
}

/** The caller's conversations. */
export function listConversations({ conversations }: { readonly conversations: ConversationRepository }) {
  return async (
    { limit }: ListConversations,
    { principal }: Pick<RequestContext, 'principal'>,
  ): Promise<readonly ConversationSummary[]> => await conversations.list(principal.id, limit);
}
