import type { DomainEvent, EventStamp } from '../shared/domain-event.ts';

export type ResourceRegistered = DomainEvent<'ResourceRegistered', { readonly uri: string }, 'registration'>;
export type ResourceUpdated = DomainEvent<'ResourceUpdated', { readonly uri: string }, 'registration'>;
export type ResourceRead = DomainEvent<
  'ResourceRead',
  { readonly uri: string; readonly success: boolean },
  'audit'
>;

const aggregate = (uri: string) => ({ type: 'resource', id: uri });

export function resourceRegistered(uri: string, stamp: EventStamp): ResourceRegistered {
  return {
    ...stamp,
    type: 'ResourceRegistered',
    class: 'registration',
    aggregate: aggregate(uri),
    payload: { uri },
  };
}

export function resourceUpdated(uri: string, stamp: EventStamp): ResourceUpdated {
  return {
    ...stamp,
    type: 'ResourceUpdated',
    class: 'registration',
    aggregate: aggregate(uri),
    payload: { uri },
  };
}

export function resourceRead(uri: string, success: boolean, stamp: EventStamp): ResourceRead {
  return {
    ...stamp,
    type: 'ResourceRead',
    class: 'audit',
    aggregate: aggregate(uri),
    payload: { uri, success },
  };
}
