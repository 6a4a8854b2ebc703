import { promptExecuted } from '../../domain/prompt/prompt-events.ts';
import { maskedUri, resourceRead } from '../../domain/resource/resource-events.ts';
import { DomainError } from '../../domain/shared/domain-error.ts';
import type { EventStamp, RequestOutcome } from '../../domain/shared/domain-event.ts';
import type { ErrorCode } from '../../domain/shared/error-code.ts';
import type { JsonObject } from '../../domain/shared/json.ts';
import { OTHER_NAME } from '../../domain/text/outside-name.ts';
import { InputRequired } from '../asking.ts';
import type { NextStamp } from '../event-stamps.ts';
import type { Event, EventBus } from '../events/event-bus.ts';
import { observed } from '../eventual.ts';
import type { PromptDefinition } from '../prompts/define-prompt.ts';
import type { GetPrompt } from '../queries/get-prompt.ts';
import type { Registry } from '../registry.ts';
import { principalName } from '../request-context.ts';
import { resolveTemplate } from '../resources/define-resource.ts';
import type { ResourceRegistries } from '../resources/resource-registries.ts';
import type { UseCase } from '../use-case.ts';

interface Dependencies {
  readonly events: EventBus;
  readonly nextStamp: NextStamp;
  /** True if events come with what the caller gave. */
  readonly recordsArguments: boolean;
}

/** The event that tells how a use case ended. */
export interface Reported<Message> {
  readonly type: Extract<Event, { class: 'audit' }>['type'];
  eventOf(message: Message, outcome: RequestOutcome, stamp: EventStamp): Event;
  givenIn(message: Message): JsonObject;
}

export const reportResources = ({
  resources,
  resourceTemplates,
}: ResourceRegistries): Reported<{ readonly uri: string }> => {
  const nameOf = (uri: string) => {
    if (resources.find(uri)) return uri;
    return resolveTemplate(resourceTemplates.values(), uri) ? maskedUri(uri) : OTHER_NAME;
  };
  return {
    type: 'ResourceRead',
    eventOf: ({ uri }, outcome, stamp) => resourceRead({ uri: nameOf(uri), ...outcome }, stamp),
    givenIn: ({ uri }) => ({ uri }),
  };
};

export const reportPrompts = (prompts: Registry<PromptDefinition>): Reported<GetPrompt> => ({
  type: 'PromptExecuted',
  eventOf: ({ name }, outcome, stamp) =>
    promptExecuted({ promptName: prompts.find(name) ? name : OTHER_NAME, ...outcome }, stamp),
  givenIn: (message) => message.arguments,
});

/** Tells how each use of something ended, refused ones included: once a use, not once a round of questions. */
export function withReport<Message, Result>(
  { type, eventOf, givenIn }: Reported<Message>,
  { events, nextStamp, recordsArguments }: Dependencies,
  next: UseCase<Message, Result>,
): UseCase<Message, Result> {
  return (message, context) => {
    const tell = (outcome: RequestOutcome) => {
      if (!events.hears(type, 'audit')) return;
      const principal = principalName(context.principal);
      const event = eventOf(message, { principal, ...outcome }, nextStamp());
      events.publish([recordsArguments ? { ...event, given: givenIn(message) } : event]);
    };
    return observed(() => next(message, context), {
      done: () => tell({ success: true }),
      failed: (error) => {
        if (error instanceof InputRequired) return;
        tell({ success: false, errorCode: failureCode(error, context.signal) });
      },
    });
  };
}

/** The name of a failure, whatever was thrown. */
export function failureCode(error: unknown, signal: AbortSignal): ErrorCode {
  if (error instanceof DomainError) return error.code;
  return signal.aborted ? 'call.cancelled' : 'call.unforeseen';
}
