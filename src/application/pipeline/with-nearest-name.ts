import { DomainError } from '../../domain/shared/domain-error.ts';
import type { ErrorCode } from '../../domain/shared/error-code.ts';
import { nearestName, suggest } from '../../domain/shared/nearest-name.ts';
import { orElse } from '../eventual.ts';
import {
  grantedPrompts,
  grantedResources,
  grantedTemplates,
  grantedTools,
  type Prompts,
  type Tools,
} from '../granted-surface.ts';
import type { CompleteArgument } from '../queries/complete-argument.ts';
import type { Principal } from '../request-context.ts';
import type { ResourceRegistries } from '../resources/resource-registries.ts';
import type { UseCase } from '../use-case.ts';

/** The subject of a message, as far as its name can be mistyped. */
export interface Named<Message> {
  /** The refusal that there is none of this name. */
  readonly code: ErrorCode;
  nameOf(message: Message): string;
  /** The names that this caller may learn. */
  namesFor(principal: Principal, message: Message): readonly string[];
}

/** The parts of the surface, by what is named of them. */
export function nameable(registries: ResourceRegistries & Tools & Prompts) {
  const promptNames = (principal: Principal) => grantedPrompts(registries, principal).map(({ name }) => name);
  return {
    tools: {
      code: 'tool.not-found',
      nameOf: ({ name }) => name,
      namesFor: (principal) => grantedTools(registries, principal).map(({ name }) => name),
    } satisfies Named<{ readonly name: string }>,
    prompts: {
      code: 'prompt.not-found',
      nameOf: ({ name }) => name,
      namesFor: promptNames,
    } satisfies Named<{ readonly name: string }>,
    resources: {
      code: 'resource.not-found',
      nameOf: ({ uri }) => uri,
      namesFor: (principal) => grantedResources(registries, principal).map(({ uri }) => uri),
    } satisfies Named<{ readonly uri: string }>,
    completion: {
      code: 'completion.unknown',
      nameOf: ({ reference }) => (reference.kind === 'prompt' ? reference.name : reference.uri),
      namesFor: (principal, { reference }) =>
        reference.kind === 'prompt'
          ? promptNames(principal)
          : grantedTemplates(registries, principal).map(({ uriTemplate }) => uriTemplate),
    } satisfies Named<CompleteArgument>,
  };
}

/** Ends the refusal of a name that there isn't with the nearest one that the caller may use. */
export function withNearestName<Message, Result>(
  { code, nameOf, namesFor }: Named<Message>,
  next: UseCase<Message, Result>,
): UseCase<Message, Result> {
  return (message, context) =>
    orElse(
      () => next(message, context),
      (error) => {
        if (!(error instanceof DomainError) || error.code !== code) throw error;
        const name = nameOf(message);
        const near = nearestName(name, namesFor(context.principal, message));
        if (near === undefined || near === name) throw error;
        throw new DomainError(code, error.kind, error.message + suggest(near), {
          ...error.data,
          suggestion: near,
        });
      },
    );
}
