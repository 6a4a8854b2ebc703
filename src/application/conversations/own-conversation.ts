import type { Conversation } from '../../domain/conversation/conversation.ts';
import type { ConversationId } from '../../domain/conversation/conversation-events.ts';
import type { ConversationRepository } from '../../domain/conversation/conversation-repository.ts';
import type { Message } from '../../domain/conversation/message.ts';
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
  throw conversationNotFound(id, conversations);
}

/**
 * Everything said in a conversation, up to the state that it is in.
 * @throws DomainError `conversation.not-found` where it has been forgotten in the meantime
 */
export async function transcriptOf(
  conversations: Pick<ConversationRepository, 'transcript' | 'forgets'>,
  conversation: Conversation,
): Promise<readonly Message[]> {
  const { id, messageCount } = conversation.snapshot();
  // Of a new one, too: a store that can't be used says so before an answer is paid for.
  const messages = await conversations.transcript(id, messageCount);
  if (messages.length === messageCount) return messages;
  throw conversationNotFound(id, conversations);
}

function conversationNotFound(id: string, { forgets }: Pick<ConversationRepository, 'forgets'>): DomainError {
  const why = forgets === undefined ? '' : `: ${forgets}`;
  return new DomainError(
    'conversation.not-found',
    'not-found',
    `There is no conversation "${shorten(id, SHOWN)}" (any more)${why}; start a new one by leaving out "conversation_id"`,
  );
}
