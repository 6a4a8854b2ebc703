import type { DomainEvent, EventStamp, RequestOutcome } from '../shared/domain-event.ts';

export type PromptRegistered = DomainEvent<
  'PromptRegistered',
  { readonly promptName: string },
  'registration'
>;
export type PromptExecuted = DomainEvent<
  'PromptExecuted',
  RequestOutcome & { readonly promptName: string },
  'audit'
>;

const aggregate = (promptName: string) => ({ type: 'prompt', id: promptName });

export function promptRegistered(promptName: string, stamp: EventStamp): PromptRegistered {
  return {
    ...stamp,
    type: 'PromptRegistered',
    class: 'registration',
    aggregate: aggregate(promptName),
    payload: { promptName },
  };
}

export function promptExecuted(payload: PromptExecuted['payload'], stamp: EventStamp): PromptExecuted {
  return {
    ...stamp,
    type: 'PromptExecuted',
    class: 'audit',
    aggregate: aggregate(payload.promptName),
    payload,
  };
}
