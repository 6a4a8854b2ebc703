import type { ConversationSnapshot } from '../../../domain/conversation/conversation.ts';
import type { ConversationSummary } from '../../../domain/conversation/conversation-summary.ts';
import { textOf } from '../../../domain/conversation/message.ts';
import { totalTokens } from '../../../domain/conversation/usage.ts';
import { alignColumns } from '../terminal/align-columns.ts';
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
  { systemPrompt, messages }: ConversationSnapshot,
  terminal: Pick<Terminal, 'shown' | 'paint'>,
): string {
  const part = (who: string, text: string) =>
    `${terminal.paint('bold', `${showable(who, terminal)}:`)} ${showable(text, terminal)}`;
  const parts = messages.map((message) =>
    part(message.role === 'user' ? 'You' : message.model, textOf(message.content)),
  );
  return [...(systemPrompt === undefined ? [] : [part('System', systemPrompt)]), ...parts].join('\n\n');
}

/** Control characters but line end and tab: what a model says must not steer a terminal. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const STEERING = /[\x00-\x08\x0b-\x1f\x7f-\x9f]/g;

export function showable(text: string, { shown }: Pick<Terminal, 'shown'>): string {
  return shown ? text.replace(STEERING, '') : text;
}
