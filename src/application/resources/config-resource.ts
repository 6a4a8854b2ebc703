import type { Eventual } from '../eventual.ts';
import type { EffectiveSetting } from '../ports/configuration-source.ts';
import type { ResourceDefinition } from './define-resource.ts';
import { jsonContents } from './json-contents.ts';

const uri = 'config://server';

/** The configuration can't change under a running server: a client may keep it for a while. */
const TTL_MS = 60_000;

/** The configuration as it holds, by section, each value with who said so. @param settings secrets masked */
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

type Section = Record<string, { readonly value: unknown; readonly origin: string }>;

/** A setting without a value is null, so that it can be seen that there is one. */
function bySection(settings: readonly EffectiveSetting[]): Readonly<Record<string, Section>> {
  const sections: Record<string, Section> = {};
  for (const { key, value = null, origin } of settings) {
    const [section, name] = splitKey(key);
    sections[section] ??= {};
    sections[section][name] = { value, origin };
  }
  return sections;
}

function splitKey(key: string): readonly [section: string, name: string] {
  const dot = key.indexOf('.');
  return [key.slice(0, dot), key.slice(dot + 1)];
}
