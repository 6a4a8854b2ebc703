import type { Resource, ResourceTemplate } from '../../domain/resource/resource.ts';
import { matchUriTemplate, type TemplateVariables } from '../../domain/resource/uri-template.ts';
import type { ResourceContents } from '../../domain/shared/content-block.ts';
import type { Completer } from '../queries/complete-argument.ts';
import type { RequestContext } from '../request-context.ts';

/** A resource and how it is read. */
export interface ResourceDefinition {
  readonly resource: Resource;
  read(context: RequestContext): Promise<readonly ResourceContents[]>;
}

/** A family of resources, how one of them is read and how its variables are completed. */
export interface ResourceTemplateDefinition {
  readonly template: ResourceTemplate;
  /** @throws DomainError `resource.not-found` */
  read(
    uri: string,
    variables: TemplateVariables,
    context: RequestContext,
  ): Promise<readonly ResourceContents[]>;
  readonly complete?: Readonly<Record<string, Completer>>;
}

/** The variables of the first template that the URI fits, with that template. */
export function resolveTemplate(
  templates: readonly ResourceTemplateDefinition[],
  uri: string,
): { definition: ResourceTemplateDefinition; variables: TemplateVariables } | undefined {
  for (const definition of templates) {
    const variables = matchUriTemplate(definition.template.uriTemplate, uri);
    if (variables) return { definition, variables };
  }
  return undefined;
}
