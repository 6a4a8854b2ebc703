import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readResource } from '../../../../src/application/queries/read-resource.ts';
import { failureOf, refusalOf } from '../../../support/failure.ts';
import { fakeContext } from '../fake-context.ts';
import { family, fixed, registriesOf } from '../resources/test-resources.ts';

const test = suite('read-resource');

const boom = new Error('boom');
const read = readResource(
  registriesOf(
    fixed('test://fixed', { ttlMs: 60_000 }),
    { ...fixed('test://broken'), read: () => Promise.reject(boom) },
    family('test://item/{id}'),
  ),
);

test('the query reads a fixed resource, and says for how long it may be kept', async () => {
  assert.equal(await read({ uri: 'test://fixed' }, fakeContext()), {
    contents: [{ uri: 'test://fixed', text: 'fixed test://fixed' }],
    ttlMs: 60_000,
  });
});

test('the query reads one of a family, which may not be kept unless it says so', async () => {
  assert.equal(await read({ uri: 'test://item/7' }, fakeContext()), {
    contents: [{ uri: 'test://item/7', text: 'test://item/{id} {"id":"7"}' }],
    ttlMs: 0,
  });
});

test('the query passes a failure', async () => {
  assert.is(await failureOf(read({ uri: 'test://broken' }, fakeContext())), boom);
});

test('the query refuses what there isn’t', async () => {
  const error = await refusalOf(read({ uri: 'test://nope' }, fakeContext()));
  assert.equal([error.code, error.data], ['resource.not-found', { uri: 'test://nope' }]);
});

test.run();
