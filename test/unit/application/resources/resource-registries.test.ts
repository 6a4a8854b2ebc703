import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { requireResource } from '../../../../src/application/resources/resource-registries.ts';
import { DomainError } from '../../../../src/domain/shared/domain-error.ts';
import { fakeContext } from '../fake-context.ts';
import { family, fixed, registriesOf } from './test-resources.ts';

const test = suite('resource-registries');

const template = { uriTemplate: 'test://kept/{id}', name: 'kept', description: 'For tests', ttlMs: 500 };
const registries = registriesOf(
  fixed('test://item/fixed', { ttlMs: 60_000 }),
  fixed('test://uncached'),
  family('test://item/{id}'),
  family('test://kept/{id}', { template }),
);

for (const [uri, text, ttlMs] of [
  ['test://item/fixed', 'fixed test://item/fixed', 60_000],
  ['test://uncached', 'fixed test://uncached', 0],
  ['test://item/7', 'test://item/{id} {"id":"7"}', 0],
  ['test://kept/7', 'test://kept/{id} {"id":"7"}', 500],
] as const) {
  test(`a look-up finds ${uri}; a fixed resource before a family`, async () => {
    const resource = requireResource(registries, uri);
    assert.is(resource.ttlMs, ttlMs);
    assert.equal(await resource.read(fakeContext()), [{ uri, text }]);
  });
}

for (const uri of ['test://nope', '', '__proto__', 'test://item/{id}/x', 'test://item/%zz']) {
  test(`there is no resource ${JSON.stringify(uri)}`, () => {
    assert.throws(
      () => requireResource(registries, uri),
      (error: unknown) =>
        error instanceof DomainError &&
        error.code === 'resource.not-found' &&
        error.kind === 'not-found' &&
        error.data['uri'] === uri,
    );
  });
}

test.run();
