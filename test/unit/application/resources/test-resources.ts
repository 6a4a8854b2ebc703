import { Registry } from '../../../../src/application/registry.ts';
import type {
  ResourceDefinition,
  ResourceTemplateDefinition,
} from '../../../../src/application/resources/define-resource.ts';
import type { ResourceRegistries } from '../../../../src/application/resources/resource-registries.ts';

export const fixed = (
  uri: string,
  more: Partial<ResourceDefinition['resource']> = {},
): ResourceDefinition => ({
  resource: { uri, name: uri, description: 'For tests', ...more },
  read: async () => [{ uri, text: `fixed ${uri}` }],
});

export const family = (
  uriTemplate: string,
  more: Partial<ResourceTemplateDefinition> = {},
): ResourceTemplateDefinition => ({
  template: { uriTemplate, name: uriTemplate, description: 'For tests' },
  read: async (uri, variables) => [{ uri, text: `${uriTemplate} ${JSON.stringify(variables)}` }],
  ...more,
});

/** Registries that hold these. */
export function registriesOf(
  ...definitions: readonly (ResourceDefinition | ResourceTemplateDefinition)[]
): ResourceRegistries {
  const registries = {
    resources: new Registry<ResourceDefinition>('resource'),
    resourceTemplates: new Registry<ResourceTemplateDefinition>('resource'),
  };
  for (const definition of definitions) {
    if ('resource' in definition) registries.resources.add(definition.resource.uri, definition);
    else registries.resourceTemplates.add(definition.template.uriTemplate, definition);
  }
  return registries;
}
