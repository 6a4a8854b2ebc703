import { DomainError } from '../shared/domain-error.ts';
import { MAX_MESSAGE_CHARACTERS } from './conversation-settings.ts';
import type { AssistantMessage, Turn, UserBlock } from './message.ts';

/**
 * Checks that a question can follow.
 * @param toolUses ids of the tools that the answer before it wants used
 * @throws DomainError `conversation.message-empty`, `conversation.message-too-long`, `conversation.tool-results-expected`
 */
export function requireQuestion(content: readonly UserBlock[], toolUses: readonly string[]): void {
  if (content.length === 0 || content.some((block) => block.type === 'text' && isBlank(block.text))) {
    throw new DomainError(
      'conversation.message-empty',
      'invalid',
      'Expected "message" to say something, got nothing but blanks',
    );
  }
  const { length } = content.map((block) => (block.type === 'text' ? block.text : '')).join('');
  if (length > MAX_MESSAGE_CHARACTERS) {
    throw new DomainError(
      'conversation.message-too-long',
      'invalid',
      `Expected a message of at most ${MAX_MESSAGE_CHARACTERS} characters, got ${length}`,
    );
  }
  requireToolResults(content, toolUses);
}

/** Requires an answer that can be sent again with the next question. @throws DomainError `conversation.answer-empty` */
export function requireAnswer({ answer }: Turn): void {
  const isSaid = answer.content.some((block) => block.type !== 'text' || !isBlank(block.text));
  const isSendable = answer.content.every((block) => block.type !== 'text' || block.text !== '');
  if (isSaid && isSendable) return;
  throw new DomainError('conversation.answer-empty', 'unavailable', 'The model answered nothing; ask again');
}

/** Ids of the tools that an answer wants used. */
export const toolUsesIn = ({ content }: AssistantMessage): readonly string[] =>
  content.flatMap((block) => (block.type === 'tool_use' ? [block.id] : []));

/** Messages API: each tool use is answered by one result, first thing in the very next user turn. */
function requireToolResults(content: readonly UserBlock[], toolUses: readonly string[]): void {
  const used = [...toolUses].sort();
  const results = content.flatMap((block) => (block.type === 'tool_result' ? [block.toolUseId] : [])).sort();
  const areFirst = content.slice(0, results.length).every(({ type }) => type === 'tool_result');
  if (areFirst && used.length === results.length && used.every((id, at) => id === results[at])) return;
  throw new DomainError(
    'conversation.tool-results-expected',
    'invalid',
    `Expected a message that begins with the results of ${used.length} tool uses, got ${results.length}`,
  );
}

const isBlank = (text: string) => text.trim() === '';
