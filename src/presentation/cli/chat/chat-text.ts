import type { WholeConversation } from '../../../application/queries/read-conversations.ts';
import type { ConversationSummary } from '../../../domain/conversation/conversation-summary.ts';
import { textOf } from '../../../domain/conversation/message.ts';
import { totalTokens } from '../../../domain/conversation/usage.ts';
import { alignColumns } from '../terminal/align-columns.ts';
import { showable } from '../terminal/showable.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** The conversations under the numbers that /show and /switch take. @param current the one that goes on */
export function describeConversations(
  list: readonly ConversationSummary[],
  current: string | undefined,
  terminal: Pick<Terminal, 'shown'>,
): string {
  if (list.length === 0) return 'There is no conversation yet';
  const rows = list.map(({ id, title, model, messageCount, usage }, at) => [
    `${id === current ? '*' : ' '} ${at + 1}`,
    `${messageCount} messages`,
    `${totalTokens(usage)} tokens`,
    showable(model, terminal),
    showable(title, terminal),
  ]);
  return alignColumns(rows).join('\n');
}

/** Everything said, each behind who said it. */
export function describeConversation(
  { systemPrompt, messages }: Pick<WholeConversation, 'systemPrompt' | 'messages'>,
  terminal: Pick<Terminal, 'shown' | 'paint'>,
): string {
  const part = (who: string, text: string) =>
    `${terminal.paint('bold', `${showable(who, terminal)}:`)} ${showable(text, terminal)}`;
  const parts = messages.map((message) =>
    part(message.role === 'user' ? 'You' : message.model, textOf(message.content)),
  );
  return [...(systemPrompt === undefined ? [] : [part('System', systemPrompt)]), ...parts].join('\n\n');
}
