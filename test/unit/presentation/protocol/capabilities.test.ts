import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Application, SurfaceSummary } from '../../../../src/application/application.ts';
import { declareCapabilities, isOffered } from '../../../../src/presentation/protocol/capabilities.ts';
import { featuresOf, versions } from './features.ts';

const test = suite('capabilities');

const nothing: SurfaceSummary = { tools: 0, resources: 0, resourceTemplates: 0, prompts: 0 };

/** An application with so much of everything. */
const offering = (surface: Partial<SurfaceSummary>) =>
  ({ queries: { describeSurface: () => ({ ...nothing, ...surface }) } }) as unknown as Application;

const list = { listChanged: true };
const resources = { subscribe: true, listChanged: true };

for (const [what, surface, declared] of [
  ['nothing', {}, {}],
  ['tools', { tools: 1 }, { tools: list }],
  ['resources', { resources: 1 }, { resources }],
  ['families of resources', { resourceTemplates: 1 }, { resources, completions: {} }],
  ['prompts', { prompts: 1 }, { prompts: list, completions: {} }],
] as const) {
  for (const version of versions) {
    test(`a server with ${what} declares it and no more to ${version}`, () => {
      const { completions, ...rest } = declared as Record<string, object>;
      const expected = {
        ...rest,
        ...(completions && version > '2024-11-05' && { completions }),
        logging: {},
      };
      assert.equal(declareCapabilities(offering(surface), featuresOf(version)), expected);
    });
  }
}

test('what isn’t there isn’t offered', () => {
  for (const offer of ['tools', 'resources', 'prompts', 'completions'] as const) {
    assert.not(isOffered(offer, offering({})));
  }
});

test('logging always is', () => {
  assert.ok(isOffered('logging', offering({})));
});

test('what comes later is offered from then on', () => {
  const surface = { ...nothing, tools: 0 };
  const application = { queries: { describeSurface: () => surface } } as unknown as Application;
  assert.not(isOffered('tools', application));
  surface.tools += 1;
  assert.ok(isOffered('tools', application));
});

test.run();
