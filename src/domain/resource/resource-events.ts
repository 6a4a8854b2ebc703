import type { DomainEvent, Occurrence } from '../shared/domain-event.ts';

export type ResourceRegistered = DomainEvent<'ResourceRegistered', { readonly uri: string }, 'registration'>;
export type ResourceUpdated = DomainEvent<'ResourceUpdated', { readonly uri: string }, 'registration'>;
export type ResourceRead = DomainEvent<
  'ResourceRead',
  { readonly uri: string; readonly success: boolean },
  'audit'
>;

const aggregate = (uri: string) => ({ type: 'resource', id: uri });

export function resourceRegistered(uri: string, occurrence: Occurrence): ResourceRegistered {
  return {
    ...occurrence,
    type: 'ResourceRegistered',
    class: 'registration',
    aggregate: aggregate(uri),
    payload: { uri },
  };
}

export function resourceUpdated(uri: string, occurrence: Occurrence): ResourceUpdated {
  return {
    ...occurrence,
    type: 'ResourceUpdated',
    class: 'registration',
    aggregate: aggregate(uri),
    payload: { uri },
  };
}

export function resourceRead(uri: string, success: boolean, occurrence: Occurrence): ResourceRead {
  return {
    ...occurrence,
    type: 'ResourceRead',
    class: 'audit',
    aggregate: aggregate(uri),
    payload: { uri, success },
  };
}
