import type { DomainEvent, EventStamp } from '../shared/domain-event.ts';

export type PromptRegistered = DomainEvent<
  'PromptRegistered',
  { readonly promptName: string },
  'registration'
>;
export type PromptExecuted = DomainEvent<
  'PromptExecuted',
  { readonly promptName: string; readonly success: boolean },
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

export function promptExecuted(promptName: string, success: boolean, stamp: EventStamp): PromptExecuted {
  return {
    ...stamp,
    type: 'PromptExecuted',
    class: 'audit',
    aggregate: aggregate(promptName),
    payload: { promptName, success },
  };
}
