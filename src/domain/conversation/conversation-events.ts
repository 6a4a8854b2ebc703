import { createRedactor } from '../policy/redact.ts';
import type { Brand } from '../shared/brand.ts';
import type { DomainEvent, EventStamp } from '../shared/domain-event.ts';
import { OTHER_NAME } from '../text/outside-name.ts';
import type { Message, MessageId } from './message.ts';
import type { Usage } from './usage.ts';

export type ConversationId = Brand<string, 'ConversationId'>;

export type ConversationCreated = DomainEvent<
  'ConversationCreated',
  { readonly conversationId: ConversationId; readonly model: string },
  'state'
>;

export type MessageAdded = DomainEvent<
  'MessageAdded',
  {
    readonly conversationId: ConversationId;
    readonly messageId: MessageId;
    readonly role: Message['role'];
    /** Of an answer: the model that gave it. */
    readonly model?: string;
    /** Of an answer: the tokens that the turn took; zeros where they are not known. */
    readonly usage?: Usage;
  },
  'state'
>;

export type ConversationClosed = DomainEvent<
  'ConversationClosed',
  { readonly conversationId: ConversationId },
  'state'
>;

/** It is gone, and what was said in it; events that tell of it stay. */
export type ConversationDeleted = DomainEvent<
  'ConversationDeleted',
  {
    readonly conversationId: ConversationId;
    /** The id of whoever deleted it. */
    readonly principal: string;
  },
  'state'
>;

export type ConversationEvent = ConversationCreated | MessageAdded | ConversationClosed | ConversationDeleted;

export const conversationDeleted = (
  conversationId: ConversationId,
  principal: string,
  stamp: EventStamp,
): ConversationDeleted => ({
  ...stamp,
  type: 'ConversationDeleted',
  class: 'state',
  aggregate: { type: 'conversation', id: conversationId },
  payload: { conversationId, principal },
});

/** Names that any provider gives its models; a caller can name one that there isn't. */
const MODEL_NAME = /^[\w./:@+-]{1,100}$/;

const shapes = createRedactor();

/** The model's name as events and logs have it: what can't be one stands under the name of all others. */
export const modelName = (model: string): string =>
  MODEL_NAME.test(model) ? shapes.text(model) : OTHER_NAME;
