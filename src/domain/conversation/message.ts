import type { Brand } from '../shared/brand.ts';
import type { AssistantBlock, UserBlock } from './message-block.ts';
import type { Usage } from './usage.ts';

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
