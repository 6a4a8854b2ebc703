import { isGranted, type Scope, scopeOfTool } from '../../domain/policy/scope.ts';
import type { DomainError } from '../../domain/shared/domain-error.ts';
import { toolNotFound } from '../commands/execute-tool.ts';
import { type CompleteArgument, nothingToComplete } from '../queries/complete-argument.ts';
import { type GetPrompt, promptNotFound } from '../queries/get-prompt.ts';
import { resourceNotFound } from '../resources/resource-registries.ts';
import type { ToolCall } from '../tools/tool-call.ts';
import type { UseCase } from '../use-case.ts';

/** The subject of a message, as far as scopes go. */
export interface Guarded<Message> {
  /** The scope that the caller must have been granted; undefined for a subject that doesn't exist. */
  scopeOf(message: Message): Scope | undefined;
  /** The answer that there is no such thing: nobody learns of what isn't theirs to use. */
  hidden(message: Message): DomainError;
}

export const guardTools: Guarded<ToolCall> = {
  scopeOf: ({ definition }) => definition && scopeOfTool(definition.tool),
  hidden: ({ name }) => toolNotFound(name),
};

export const guardPrompts: Guarded<GetPrompt> = {
  scopeOf: () => 'prompts:read',
  hidden: ({ name }) => promptNotFound(name),
};

export const guardResources: Guarded<{ readonly uri: string }> = {
  scopeOf: () => 'resources:read',
  hidden: ({ uri }) => resourceNotFound(uri),
};

export const guardCompletion: Guarded<CompleteArgument> = {
  scopeOf: ({ reference }) => (reference.kind === 'prompt' ? 'prompts:read' : 'resources:read'),
  hidden: ({ reference }) => nothingToComplete(reference),
};

/** Lets a caller use only what its scopes hold; the rest answers as what there isn't. @throws DomainError `*.not-found`, `completion.unknown` */
export function withAuthorization<Message, Result>(
  { scopeOf, hidden }: Guarded<Message>,
  next: UseCase<Message, Result>,
): UseCase<Message, Result> {
  return (message, context) => {
    const { scopes } = context.principal;
    if (scopes !== undefined) {
      const wanted = scopeOf(message);
      if (wanted !== undefined && !isGranted(wanted, scopes)) throw hidden(message);
    }
    return next(message, context);
  };
}
