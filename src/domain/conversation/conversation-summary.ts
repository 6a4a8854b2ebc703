import type { ConversationSnapshot } from './conversation.ts';
import { textOf } from './message.ts';

/** A conversation's entry in a list. */
export interface ConversationSummary
  extends Pick<ConversationSnapshot, 'id' | 'status' | 'usage' | 'createdAt' | 'updatedAt'> {
  readonly model: string;
  readonly messageCount: number;
  /** Its beginning, cut; empty while nothing is said. */
  readonly title: string;
}

const TITLE_CHARACTERS = 60;

export function summarize(snapshot: ConversationSnapshot): ConversationSummary {
  const { id, status, usage, createdAt, updatedAt, settings, messages } = snapshot;
  return {
    id,
    status,
    usage,
    createdAt,
    updatedAt,
    model: settings.model,
    messageCount: messages.length,
    title: titleOf(textOf(messages[0]?.content ?? [])),
  };
}

/** On one line, cut between characters. */
function titleOf(text: string): string {
  const characters = [
    ...text
      .slice(0, TITLE_CHARACTERS * 4)
      .replace(/\s+/g, ' ')
      .trim(),
  ];
  if (characters.length <= TITLE_CHARACTERS) return characters.join('');
  return `${characters.slice(0, TITLE_CHARACTERS - 1).join('')}…`;
}
