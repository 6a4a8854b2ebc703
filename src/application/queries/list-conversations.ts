import type { ConversationRepository } from '../../domain/conversation/conversation-repository.ts';
import type { ConversationSummary } from '../../domain/conversation/conversation-summary.ts';
import type { RequestContext } from '../request-context.ts';

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
