import type { Resource, ResourceTemplate } from '../../domain/resource/resource.ts';
import { matchUriTemplate, type TemplateVariables } from '../../domain/resource/uri-template.ts';
import type { ResourceContents } from '../../domain/shared/content-block.ts';
import type { Completer } from '../completer.ts';
import type { RequestContext } from '../request-context.ts';

/** Ends what it was returned for. */
export type Release = () => void;

/** A resource and how it is read. */
export interface ResourceDefinition {
  readonly resource: Resource;
  read(context: RequestContext): Promise<readonly ResourceContents[]>;
  /**
   * Calls back when what `read` gives may have changed, no oftener than clients can take, until released. Absent where nothing
   * changes, or others tell it.
   */
  readonly watch?: (context: RequestContext, onChange: () => void) => Promise<Release>;
}

/** A family of resources, how one of them is read and how its variables are completed. */
export interface ResourceTemplateDefinition {
  readonly template: ResourceTemplate;
  /** The variables with which the family has this URI, where its template alone doesn't tell. */
  readonly match?: (uri: string) => TemplateVariables | undefined;
  /** @throws DomainError `resource.not-found` */
  read(
    uri: string,
    variables: TemplateVariables,
    context: RequestContext,
  ): Promise<readonly ResourceContents[]>;
  /** As a resource's; who may not read it may not watch it: it throws what `read` throws. */
  readonly watch?: (uri: string, context: RequestContext, onChange: () => void) => Promise<Release>;
  readonly complete?: Readonly<Record<string, Completer>>;
}

/** The variables of the first template that the URI fits, with that template. */
export function resolveTemplate(
  templates: readonly ResourceTemplateDefinition[],
  uri: string,
): { definition: ResourceTemplateDefinition; variables: TemplateVariables } | undefined {
  for (const definition of templates) {
    const variables = definition.match
      ? definition.match(uri)
      : matchUriTemplate(definition.template.uriTemplate, uri);
    if (variables) return { definition, variables };
  }
  return undefined;
}

/** Compact: what a model reads costs by the character. */
export function jsonContents(uri: string, value: object): ResourceContents {
  return { uri, mimeType: 'application/json', text: JSON.stringify(value) };
}
