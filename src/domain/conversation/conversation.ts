import { AggregateRoot } from '../shared/aggregate-root.ts';
import { DomainError } from '../shared/domain-error.ts';
import type { EventStamp } from '../shared/domain-event.ts';
import type { ErrorCode } from '../shared/error-code.ts';
import type { ConversationEvent, ConversationId } from './conversation-events.ts';
import {
  type ConversationLimits,
  type ConversationSettings,
  MAX_SYSTEM_PROMPT_CHARACTERS,
} from './conversation-settings.ts';
import type { Message, Turn, UserBlock } from './message.ts';
import { requireAnswer, requireQuestion } from './turn-rules.ts';
import { addUsage, NO_USAGE, totalTokens, type Usage } from './usage.ts';

export interface ConversationSnapshot {
  readonly id: ConversationId;
  /** The principal that it belongs to: nobody else may see it. */
  readonly owner: string;
  readonly status: 'open' | 'closed';
  readonly systemPrompt?: string | undefined;
  readonly settings: ConversationSettings;
  /** User and assistant alternate, beginning with the user; always an even number. */
  readonly messages: readonly Message[];
  /** Of all turns; only grows. */
  readonly usage: Usage;
  /** Grows by one with each change. */
  readonly version: number;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  /** ISO 8601, UTC. */
  readonly updatedAt: string;
}

export interface ConversationStart
  extends Pick<ConversationSnapshot, 'id' | 'owner' | 'settings' | 'systemPrompt'> {}

export interface TurnTerms {
  /** Hold from this turn on. */
  readonly settings: ConversationSettings;
  readonly limits: ConversationLimits;
  /** The conversation's version when its messages were sent. */
  readonly version: number;
}

/** The messages between one person and a model. */
export class Conversation extends AggregateRoot<ConversationEvent> {
  private current: ConversationSnapshot;

  private constructor(snapshot: ConversationSnapshot) {
    super();
    this.current = snapshot;
  }

  /** A new one, with nothing said yet. @throws DomainError `conversation.system-prompt-invalid` */
  static open({ systemPrompt, ...start }: ConversationStart, stamp: EventStamp): Conversation {
    const { occurredAt } = stamp;
    const conversation = new Conversation({
      ...start,
      status: 'open',
      messages: [],
      usage: NO_USAGE,
      version: 0,
      createdAt: occurredAt,
      updatedAt: occurredAt,
    });
    if (systemPrompt !== undefined) conversation.instruct(systemPrompt);
    conversation.tell('ConversationCreated', stamp, {
      conversationId: start.id,
      model: start.settings.model,
    });
    return conversation;
  }

  /** A stored conversation, as it was; tells no events. */
  static rehydrate(snapshot: ConversationSnapshot): Conversation {
    return new Conversation(snapshot);
  }

  get id(): ConversationId {
    return this.current.id;
  }

  /** The whole state, immutable. */
  snapshot(): ConversationSnapshot {
    return this.current;
  }

  /**
   * Sets the system prompt; the one that it has already can be set again.
   * @throws DomainError `conversation.system-prompt-frozen` after the first message, `conversation.system-prompt-invalid`
   */
  instruct(systemPrompt: string): void {
    this.requireOpen();
    if (systemPrompt === this.current.systemPrompt) return;
    if (this.current.messages.length > 0) throw systemPromptFrozen();
    requireSystemPrompt(systemPrompt);
    this.change({ systemPrompt });
  }

  /**
   * Checks that this can be asked now: what Claude answers to it may still come too late.
   * @throws DomainError `conversation.closed`, `conversation.too-many-messages`, `conversation.too-many-tokens`, and of `requireQuestion`
   */
  requireNext(question: readonly UserBlock[], limits: ConversationLimits): void {
    this.requireOpen();
    const { messages, usage } = this.current;
    if (messages.length + 2 > limits.maxMessages)
      throw full('conversation.too-many-messages', limits.maxMessages, 'messages');
    if (totalTokens(usage) >= limits.maxTokens)
      throw full('conversation.too-many-tokens', limits.maxTokens, 'tokens');
    requireQuestion(question, messages.at(-1));
  }

  /**
   * Adds a question and its answer, or nothing.
   * @throws DomainError `conversation.busy` when the conversation went on since `version`, `conversation.answer-empty`, and of `requireNext`
   */
  addTurn(turn: Turn, { settings, limits, version }: TurnTerms, nextStamp: () => EventStamp): void {
    if (version !== this.current.version) throw conversationBusy();
    this.requireNext(turn.question.content, limits);
    requireAnswer(turn);
    const { question, answer } = turn;
    const messages = [...this.current.messages, question, answer];
    const usage = addUsage(this.current.usage, answer.usage);
    this.change({ messages, settings, usage, updatedAt: answer.createdAt });
    for (const { id: messageId, role } of [question, answer])
      this.tell('MessageAdded', nextStamp(), { conversationId: this.id, messageId, role });
  }

  /** No message will be added any more. Closing twice is closing once. */
  close(stamp: EventStamp): void {
    if (this.current.status === 'closed') return;
    this.change({ status: 'closed', updatedAt: stamp.occurredAt });
    this.tell('ConversationClosed', stamp, { conversationId: this.id });
  }

  private change(change: Partial<ConversationSnapshot>): void {
    this.current = { ...this.current, ...change, version: this.current.version + 1 };
  }

  private requireOpen(): void {
    if (this.current.status === 'open') return;
    throw new DomainError(
      'conversation.closed',
      'conflict',
      'This conversation is closed; start a new one by leaving out "conversation_id"',
    );
  }

  private tell<Type extends ConversationEvent['type']>(
    type: Type,
    stamp: EventStamp,
    payload: Extract<ConversationEvent, { type: Type }>['payload'],
  ): void {
    const aggregate = { type: 'conversation', id: this.current.id };
    this.record({ ...stamp, type, class: 'state', aggregate, payload } as ConversationEvent);
  }
}

export function conversationBusy(): DomainError {
  return new DomainError(
    'conversation.busy',
    'conflict',
    'Another message of this conversation is being answered; nothing was added, send this one again after it',
  );
}

function systemPromptFrozen(): DomainError {
  return new DomainError(
    'conversation.system-prompt-frozen',
    'conflict',
    'The system prompt of a conversation can’t change after its first message: leave out "system_prompt", or leave out "conversation_id" for a new conversation',
  );
}

function requireSystemPrompt({ length }: string): void {
  if (length > 0 && length <= MAX_SYSTEM_PROMPT_CHARACTERS) return;
  throw new DomainError(
    'conversation.system-prompt-invalid',
    'invalid',
    `Expected a system prompt of 1 to ${MAX_SYSTEM_PROMPT_CHARACTERS} characters, got ${length}`,
  );
}

function full(code: ErrorCode, limit: number, what: string): DomainError {
  return new DomainError(
    code,
    'exhausted',
    `This conversation has reached its limit of ${limit} ${what}; start a new one by leaving out "conversation_id"`,
    { limit },
  );
}
