import type { Brand } from '../shared/brand.ts';
import type { JsonObject } from '../shared/json.ts';
import type { Usage } from './usage.ts';

export interface TextBlock {
  readonly type: 'text';
  readonly text: string;
}

export interface ImageBlock {
  readonly type: 'image';
  /** As in "image/png". */
  readonly mediaType: string;
  /** Base64. */
  readonly data: string;
}

/** The model wants a tool used; the next user turn carries the result. */
export interface ToolUseBlock {
  readonly type: 'tool_use';
  readonly id: string;
  readonly name: string;
  readonly input: JsonObject;
}

export interface ToolResultBlock {
  readonly type: 'tool_result';
  readonly toolUseId: string;
  readonly content: readonly (TextBlock | ImageBlock)[];
  readonly isError: boolean;
}

/** Anything else that the model said, such as its thinking: kept as it came, since the API wants to see it again unchanged. */
export interface OtherBlock {
  readonly type: 'other';
  readonly block: JsonObject;
}

export type UserBlock = TextBlock | ImageBlock | ToolResultBlock;
export type AssistantBlock = TextBlock | ToolUseBlock | OtherBlock;
export type MessageBlock = UserBlock | AssistantBlock;

/** The text that a person reads of a message. The API splits one text into blocks where it likes: nothing is put between them. */
export function textOf(content: readonly MessageBlock[]): string {
  return content.map((block) => (block.type === 'text' ? block.text : '')).join('');
}

const TITLE_CHARACTERS = 60;

/** The beginning of a message's text on one line, cut between characters. */
export function titleOf(content: readonly MessageBlock[]): string {
  const characters = [
    ...textOf(content)
      .slice(0, TITLE_CHARACTERS * 4)
      .replace(/\s+/g, ' ')
      .trim(),
  ];
  if (characters.length <= TITLE_CHARACTERS) return characters.join('');
  return `${characters.slice(0, TITLE_CHARACTERS - 1).join('')}…`;
}

export type MessageId = Brand<string, 'MessageId'>;

interface Said {
  readonly id: MessageId;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
}

export interface UserMessage extends Said {
  readonly role: 'user';
  readonly content: readonly UserBlock[];
}

export interface AssistantMessage extends Said {
  readonly role: 'assistant';
  readonly content: readonly AssistantBlock[];
  /** The one that answered, which need not be the one that was asked for. */
  readonly model: string;
  readonly stopReason: string;
  /** The cost of the turn; zeros where a client's model answered, which doesn't say. */
  readonly usage: Usage;
}

export type Message = UserMessage | AssistantMessage;

/** A question and its answer: what a conversation grows by. */
export interface Turn {
  readonly question: UserMessage;
  readonly answer: AssistantMessage;
}
