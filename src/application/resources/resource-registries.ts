import type { ResourceContents } from '../../domain/shared/content-block.ts';
import { DomainError } from '../../domain/shared/domain-error.ts';
import { shorten } from '../../domain/text/utf8.ts';
import type { Registry } from '../registry.ts';
import type { RequestContext } from '../request-context.ts';
import {
  type ResourceDefinition,
  type ResourceTemplateDefinition,
  resolveTemplate,
} from './define-resource.ts';

export interface ResourceRegistries {
  readonly resources: Registry<ResourceDefinition>;
  readonly resourceTemplates: Registry<ResourceTemplateDefinition>;
}

/** The ways to read and watch a resource, and the milliseconds that a client may keep its content. */
export interface ReadableResource {
  readonly ttlMs: number;
  read(context: RequestContext): Promise<readonly ResourceContents[]>;
  readonly watch?: ResourceDefinition['watch'];
}

/**
 * The resource at this URI, be it a fixed one or one of a template.
 * @throws DomainError `resource.not-found`
 */
export function requireResource(
  { resources, resourceTemplates }: ResourceRegistries,
  uri: string,
): ReadableResource {
  const fixed = resources.find(uri);
  if (fixed) {
    const { resource, watch } = fixed;
    return { ttlMs: resource.ttlMs ?? 0, read: (context) => fixed.read(context), ...(watch && { watch }) };
  }
  const family = resolveTemplate(resourceTemplates.values(), uri);
  if (family) {
    const { definition, variables } = family;
    const { watch } = definition;
    return {
      ttlMs: definition.template.ttlMs ?? 0,
      read: (context) => definition.read(uri, variables, context),
      ...(watch && { watch: (context, onChange) => watch(uri, context, onChange) }),
    };
  }
  throw resourceNotFound(uri);
}

const MOST_SHOWN = 500;

export function resourceNotFound(uri: string): DomainError {
  const shown = shorten(uri, MOST_SHOWN); // an answer that names a long one whole could itself be too long
  return new DomainError('resource.not-found', 'not-found', `There is no resource "${shown}"`, {
    uri: shown,
  });
}
