import type { DomainEvent, EventStamp, RequestOutcome } from '../shared/domain-event.ts';

export type ResourceRegistered = DomainEvent<'ResourceRegistered', { readonly uri: string }, 'registration'>;
export type ResourceUpdated = DomainEvent<'ResourceUpdated', { readonly uri: string }, 'registration'>;
export type ResourceRead = DomainEvent<'ResourceRead', RequestOutcome & { readonly uri: string }, 'audit'>;

/** URIs without a path, as those of resources that are always there: `status://health`. */
const FIXED = /^[a-z][a-z\d+.-]*:\/\/[\w.-]{1,64}$/i;

/** The URI without what a caller can put into it: `file:{…}`. */
export const maskedUri = (uri: string): string =>
  `${/^[a-z][a-z\d+.-]{0,31}(?=:)/i.exec(uri)?.[0] ?? ''}:{…}`;

/** The URI as logs and telemetry may have it. */
export const shownUri = (uri: string): string => (FIXED.test(uri) ? uri : maskedUri(uri));

const aggregate = (uri: string) => ({ type: 'resource', id: shownUri(uri) });

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

/** @param payload its URI is one that is stored: without what a caller gave */
export function resourceRead(payload: ResourceRead['payload'], stamp: EventStamp): ResourceRead {
  return {
    ...stamp,
    type: 'ResourceRead',
    class: 'audit',
    aggregate: { type: 'resource', id: payload.uri },
    payload,
  };
}
