import type { Brand } from '../shared/brand.ts';
import type { DomainEvent } from '../shared/domain-event.ts';

export type SessionId = Brand<string, 'SessionId'>;

export type SessionCreated = DomainEvent<'SessionCreated', { readonly sessionId: SessionId }, 'audit'>;

export type SessionInitialized = DomainEvent<
  'SessionInitialized',
  { readonly sessionId: SessionId; readonly clientName: string; readonly clientVersion: string },
  'audit'
>;

export type SessionClosed = DomainEvent<'SessionClosed', { readonly sessionId: SessionId }, 'audit'>;

export type SessionEvent = SessionCreated | SessionInitialized | SessionClosed;
