import { templateVariables } from '../../domain/resource/uri-template.ts';
import { DomainError } from '../../domain/shared/domain-error.ts';
import { suggestionOf } from '../../domain/shared/nearest-name.ts';
import { shorten } from '../../domain/text/utf8.ts';
import type { Completer } from '../completer.ts';
import type { PromptDefinition } from '../prompts/define-prompt.ts';
import type { Registry } from '../registry.ts';
import type { RequestContext } from '../request-context.ts';
import type { ResourceRegistries } from '../resources/resource-registries.ts';

export interface CompleteArgument {
  readonly reference:
    | { readonly kind: 'prompt'; readonly name: string }
    | { readonly kind: 'resource'; readonly uri: string };
  readonly argument: { readonly name: string; readonly value: string };
  readonly given: Readonly<Record<string, string>>;
}

export interface Completion {
  readonly values: readonly string[];
  readonly total: number;
  readonly hasMore: boolean;
}

interface Dependencies extends ResourceRegistries {
  readonly prompts: Registry<PromptDefinition>;
}

/** MCP, server/utilities/completion: at most 100 values an answer. */
const MAX_VALUES = 100;

/** Completes an argument of a prompt or a variable of a template. @throws DomainError `completion.unknown` */
export function completeArgument(dependencies: Dependencies) {
  return async (message: CompleteArgument, context: RequestContext): Promise<Completion> => {
    const complete = completerOf(dependencies, message);
    const values = complete ? await complete(message.argument.value, message.given, context) : [];
    return { values: values.slice(0, MAX_VALUES), total: values.length, hasMore: values.length > MAX_VALUES };
  };
}

/** The completer; undefined for an argument that exists but has none. */
function completerOf(dependencies: Dependencies, message: CompleteArgument): Completer | undefined {
  const { reference, argument } = message;
  const found =
    reference.kind === 'prompt'
      ? ofPrompt(dependencies, reference.name)
      : ofTemplate(dependencies, reference.uri);
  if (!found) throw nothingToComplete(reference);
  if (!found.names.includes(argument.name)) throw unknownArgument(argument.name, found.names);
  const complete = found.complete ?? {};
  return Object.hasOwn(complete, argument.name) ? complete[argument.name] : undefined;
}

function ofPrompt({ prompts }: Dependencies, name: string) {
  const definition = prompts.find(name);
  return (
    definition && {
      names: definition.prompt.arguments.map((argument) => argument.name),
      complete: definition.complete,
    }
  );
}

function ofTemplate({ resourceTemplates }: Dependencies, uri: string) {
  const definition = resourceTemplates.find(uri);
  return definition && { names: templateVariables(uri), complete: definition.complete };
}

/** As for a prompt or template that there isn't. */
export function nothingToComplete(reference: CompleteArgument['reference']): DomainError {
  return unknown(`a ${reference.kind} "${reference.kind === 'prompt' ? reference.name : reference.uri}"`);
}

function unknownArgument(name: string, names: readonly string[]): DomainError {
  return unknown(`an argument "${name}" there`, suggestionOf(name, names));
}

function unknown(what: string, hint = ''): DomainError {
  return new DomainError(
    'completion.unknown',
    'invalid',
    `There isn't ${shorten(what, 300)} to complete${hint}`,
  );
}
