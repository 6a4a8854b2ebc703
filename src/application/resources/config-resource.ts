import type { Eventual } from '../eventual.ts';
import type { EffectiveSetting } from '../ports/configuration-source.ts';
import { jsonContents, type ResourceDefinition } from './define-resource.ts';

const uri = 'config://server';

/** The configuration can't change under a running server: a client may keep it for a while. */
const TTL_MS = 60_000;

/** The configuration as it holds, nested as in the file, each value with who said so. @param settings secrets masked */
export function configResource(settings: () => Eventual<readonly EffectiveSetting[]>): ResourceDefinition {
  return {
    resource: {
      uri,
      name: 'config',
      title: 'Server configuration',
      description: 'Effective configuration: every setting with its value and its origin, secrets masked',
      mimeType: 'application/json',
      ttlMs: TTL_MS,
    },
    read: async () => [jsonContents(uri, bySection(await settings()))],
  };
}

interface Section {
  [name: string]: Section | { readonly value: unknown; readonly origin: string };
}

/** Nested as in the file. A setting without a value is null, so that it can be seen that there is one. */
function bySection(settings: readonly EffectiveSetting[]): Section {
  const root: Section = {};
  for (const { key, value = null, origin } of settings) {
    const names = key.split('.');
    let section = root;
    for (const name of names.slice(0, -1)) {
      section[name] ??= {};
      section = section[name] as Section;
    }
    section[names.at(-1) ?? ''] = { value, origin };
  }
  return root;
}
