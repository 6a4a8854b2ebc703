import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { PromptDefinition } from '../../../../src/application/prompts/define-prompt.ts';
import {
  listPrompts,
  listResources,
  listResourceTemplates,
  listTools,
} from '../../../../src/application/queries/list-surface.ts';
import type { Page, PageRequest } from '../../../../src/application/queries/paginate.ts';
import { Registry } from '../../../../src/application/registry.ts';
import { localUser } from '../../../../src/application/request-context.ts';
import { registryOf } from '../pipeline/test-tool.ts';
import { family, fixed, registriesOf } from '../resources/test-resources.ts';

const test = suite('list-tools, list-resources, list-resource-templates, list-prompts');

const names = ['b', 'c', 'a'];
const uris = names.map((name) => `test://${name}`);
const templates = names.map((name) => `test://${name}/{id}`);
const registries = registriesOf(...uris.map((uri) => fixed(uri)), ...templates.map((uri) => family(uri)));

const prompts = new Registry<PromptDefinition>('prompt');
for (const name of names) {
  prompts.add(name, {
    prompt: { name, description: 'For tests', arguments: [] },
    get: async () => ({ messages: [] }),
  });
}

/** The keys on a page, and the one that the next begins after. */
const shown = <Entry>({ items, next }: Page<Entry>, keyOf: (entry: Entry) => string) => [
  items.map(keyOf),
  next,
];

const tools = registryOf(...names.map((name) => ({ name })));

const lists: readonly [string, (request: PageRequest) => unknown[], readonly string[]][] = [
  ['tools', (request) => shown(listTools({ tools })(request, localUser), ({ name }) => name), names],
  ['resources', (request) => shown(listResources(registries)(request, localUser), ({ uri }) => uri), uris],
  [
    'templates',
    (request) =>
      shown(listResourceTemplates(registries)(request, localUser), ({ uriTemplate }) => uriTemplate),
    templates,
  ],
  ['prompts', (request) => shown(listPrompts({ prompts })(request, localUser), ({ name }) => name), names],
];

for (const [what, list, [first, second, third]] of lists) {
  test(`${what} come in the order of registration, page by page`, () => {
    assert.equal(list({ limit: 9 }), [[first, second, third], undefined]);
    assert.equal(list({ limit: 2 }), [[first, second], second]);
    assert.equal(list({ after: second, limit: 2 }), [[third], undefined]);
  });

  test(`${what} after a key that isn't in the list are refused`, () => {
    assert.throws(() => list({ after: 'nope', limit: 2 }), /Expected a cursor/);
  });
}

test.run();
