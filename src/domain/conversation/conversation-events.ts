import type { Brand } from '../shared/brand.ts';
import type { DomainEvent } from '../shared/domain-event.ts';
import type { Message, MessageId } from './message.ts';

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
  },
  'state'
>;

export type ConversationClosed = DomainEvent<
  'ConversationClosed',
  { readonly conversationId: ConversationId },
  'state'
>;

export type ConversationEvent = ConversationCreated | MessageAdded | ConversationClosed;
