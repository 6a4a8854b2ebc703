import type { Conversation } from '../../domain/conversation/conversation.ts';
import type { ConversationId } from '../../domain/conversation/conversation-events.ts';
import type { ConversationRepository } from '../../domain/conversation/conversation-repository.ts';
import { DomainError } from '../../domain/shared/domain-error.ts';
import { shorten } from '../../domain/text/utf8.ts';
import type { Principal } from '../request-context.ts';

const SHOWN = 140;

/**
 * The principal's conversation. Another's is as if it weren't there: its id must not tell that it is.
 * @throws DomainError `conversation.not-found`
 */
export async function requireOwnConversation(
  conversations: ConversationRepository,
  id: ConversationId,
  principal: Principal,
): Promise<Conversation> {
  const conversation = await conversations.find(id);
  if (conversation?.snapshot().owner === principal.id) return conversation;
  throw conversationNotFound(id);
}

function conversationNotFound(id: string): DomainError {
  return new DomainError(
    'conversation.not-found',
    'not-found',
    `There is no conversation "${shorten(id, SHOWN)}" (any more); start a new one by leaving out "conversation_id"`,
  );
}
