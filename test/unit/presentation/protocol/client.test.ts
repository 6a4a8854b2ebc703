import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { ClientCapability } from '../../../../src/application/request-context.ts';
import type { JsonObject } from '../../../../src/domain/shared/json.ts';
import { createClient } from '../../../../src/presentation/protocol/client.ts';
import { featuresOf, since, type Version, versions } from './features.ts';

const test = suite('client');

const ada = { name: 'Ada', version: '1.0' };

/** Questions that a client with this declaration can be asked, and the first revision of each. */
const declarations: readonly [JsonObject, Partial<Record<ClientCapability, Version>>][] = [
  [{}, {}],
  [{ elicitation: {} }, { elicitation: '2025-06-18' }],
  [{ elicitation: { form: {} } }, { elicitation: '2025-06-18' }],
  [{ elicitation: { url: {} } }, { 'elicitation.url': '2025-11-25' }],
  [{ elicitation: { form: {}, url: {} } }, { elicitation: '2025-06-18', 'elicitation.url': '2025-11-25' }],
  [{ elicitation: true }, {}],
  [{ elicitation: null }, {}],
  [{ elicitation: [] }, { elicitation: '2025-06-18' }],
  [{ elicitation: { url: [] } }, { 'elicitation.url': '2025-11-25' }],
  [{ elicitation: [1] }, {}],
  [{ sampling: [] }, { sampling: '2024-11-05' }],
  [{ sampling: { tools: [] } }, { sampling: '2024-11-05', 'sampling.tools': '2024-11-05' }],
  [{ sampling: null, roots: null }, {}],
  [{ roots: [] }, { roots: '2024-11-05' }],
  [{ sampling: {} }, { sampling: '2024-11-05' }],
  [{ sampling: { tools: {} } }, { sampling: '2024-11-05', 'sampling.tools': '2024-11-05' }],
  [{ sampling: { tools: true } }, { sampling: '2024-11-05' }],
  [{ roots: {} }, { roots: '2024-11-05' }],
  [{ roots: { listChanged: true } }, { roots: '2024-11-05' }],
  [{ roots: 'yes' }, {}],
  [{ experimental: { elicitation: {} } }, {}],
];

const capabilities: readonly ClientCapability[] = [
  'elicitation',
  'elicitation.url',
  'roots',
  'sampling',
  'sampling.tools',
];

for (const [declared, expected] of declarations) {
  test(`what a client can that declares ${JSON.stringify(declared)}`, () => {
    for (const version of versions) {
      const client = createClient(ada, declared, featuresOf(version));
      for (const capability of capabilities) {
        const first = expected[capability];
        const can = first !== undefined && since(first, version);
        assert.is(client.can(capability), can, `${capability} in ${version}`);
      }
    }
  });
}

test('a client has its name and version', () => {
  const { name, version } = createClient(ada, {}, featuresOf('2025-11-25'));
  assert.equal({ name, version }, ada);
});

test.run();
