import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { DomainError } from '../../../../src/domain/shared/domain-error.ts';

const test = suite('domain-error');

test('is an error with a code, a kind and details', () => {
  const error = new DomainError('thing.missing', 'not-found', 'There is no thing', { thing: 'x' });
  assert.instance(error, Error);
  assert.is(error.name, 'DomainError');
  assert.is(error.message, 'There is no thing');
  assert.equal([error.code, error.kind, error.details], ['thing.missing', 'not-found', { thing: 'x' }]);
});

test('needs no details', () => {
  assert.equal(new DomainError('a.b', 'internal', 'Broken').details, {});
});

test.run();
