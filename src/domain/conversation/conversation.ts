import { AggregateRoot } from '../shared/aggregate-root.ts';
import { DomainError } from '../shared/domain-error.ts';
import type { EventStamp } from '../shared/domain-event.ts';
import type { ErrorCode } from '../shared/error-code.ts';
import { type ConversationEvent, type ConversationId, modelName } from './conversation-events.ts';
import {
  type ConversationLimits,
  type ConversationSettings,
  MAX_SYSTEM_PROMPT_CHARACTERS,
} from './conversation-settings.ts';
import { type Message, type Turn, titleOf, type UserBlock } from './message.ts';
import { requireAnswer, requireQuestion, toolUsesIn } from './turn-rules.ts';
import { addUsage, NO_USAGE, totalTokens, type Usage } from './usage.ts';

/** All that a conversation's invariants need: what was said is beside it, and only ever grows. */
export interface ConversationSnapshot {
  readonly id: ConversationId;
  /** The principal that it belongs to: nobody else may see it. */
  readonly owner: string;
  readonly status: 'open' | 'closed';
  readonly systemPrompt?: string | undefined;
  readonly settings: ConversationSettings;
  /** Messages so far: questions and answers alternate, so that it is always even. */
  readonly messageCount: number;
  /** The beginning of the first question, cut; empty while nothing is said. */
  readonly title: string;
  /** Ids of the tools that the last answer wants used: the next question begins with their results. */
  readonly toolUses: readonly string[];
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
  private added: readonly Message[] = [];

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
      messageCount: 0,
      title: '',
      toolUses: [],
      usage: NO_USAGE,
      version: 0,
      createdAt: occurredAt,
      updatedAt: occurredAt,
    });
    if (systemPrompt !== undefined) conversation.instruct(systemPrompt);
    conversation.tell('ConversationCreated', stamp, {
      conversationId: start.id,
      model: modelName(start.settings.model),
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

  /** The state, immutable. */
  snapshot(): ConversationSnapshot {
    return this.current;
  }

  /** Messages that are not stored yet, oldest first: an adapter adds them behind those that it has. */
  get pendingMessages(): readonly Message[] {
    return this.added;
  }

  override stored(): readonly ConversationEvent[] {
    this.added = [];
    return super.stored();
  }

  /**
   * Sets the system prompt; the one that it has already can be set again.
   * @throws DomainError `conversation.system-prompt-frozen` after the first message, `conversation.system-prompt-invalid`
   */
  instruct(systemPrompt: string): void {
    this.requireOpen();
    if (systemPrompt === this.current.systemPrompt) return;
    if (this.current.messageCount > 0) throw systemPromptFrozen();
    requireSystemPrompt(systemPrompt);
    this.change({ systemPrompt });
  }

  /**
   * Checks that this can be asked now: what Claude answers to it may still come too late.
   * @throws DomainError `conversation.closed`, `conversation.too-many-messages`, `conversation.too-many-tokens`, and of `requireQuestion`
   */
  requireNext(question: readonly UserBlock[], limits: ConversationLimits): void {
    this.requireOpen();
    const { messageCount, toolUses, usage } = this.current;
    if (messageCount + 2 > limits.maxMessages)
      throw full('conversation.too-many-messages', limits.maxMessages, 'messages');
    if (totalTokens(usage) >= limits.maxTokens)
      throw full('conversation.too-many-tokens', limits.maxTokens, 'tokens');
    requireQuestion(question, toolUses);
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
    const { messageCount, title } = this.current;
    this.change({
      messageCount: messageCount + 2,
      title: messageCount === 0 ? titleOf(question.content) : title,
      toolUses: toolUsesIn(answer),
      settings,
      usage: addUsage(this.current.usage, answer.usage),
      updatedAt: answer.createdAt,
    });
    this.added = [...this.added, question, answer];
    const { id: conversationId } = this;
    this.tell('MessageAdded', nextStamp(), { conversationId, messageId: question.id, role: question.role });
    const { id: messageId, role, usage } = answer;
    const model = modelName(answer.model);
    this.tell('MessageAdded', nextStamp(), { conversationId, messageId, role, model, usage });
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
