import type { DomainEvent, Occurrence } from '../shared/domain-event.ts';

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

export function promptRegistered(promptName: string, occurrence: Occurrence): PromptRegistered {
  return {
    ...occurrence,
    type: 'PromptRegistered',
    class: 'registration',
    aggregate: aggregate(promptName),
    payload: { promptName },
  };
}

export function promptExecuted(promptName: string, success: boolean, occurrence: Occurrence): PromptExecuted {
  return {
    ...occurrence,
    type: 'PromptExecuted',
    class: 'audit',
    aggregate: aggregate(promptName),
    payload: { promptName, success },
  };
}
