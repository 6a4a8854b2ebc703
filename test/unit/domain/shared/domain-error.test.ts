import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { DomainError } from '../../../../src/domain/shared/domain-error.ts';
import { madeUpCode } from '../../../support/made-up-code.ts';

const test = suite('domain-error');

test('an error is an error with a code, a kind and data', () => {
  const error = new DomainError(madeUpCode('thing.missing'), 'not-found', 'There is no thing', {
    thing: 'x',
  });
  assert.instance(error, Error);
  assert.is(error.name, 'DomainError');
  assert.is(error.message, 'There is no thing');
  assert.equal([error.code, error.kind, error.data], ['thing.missing', 'not-found', { thing: 'x' }]);
});

test('an error needs no data', () => {
  assert.equal(new DomainError(madeUpCode('a.b'), 'internal', 'Broken').data, {});
});

test('an error has nothing that test runners take for text to print', () => {
  // uvu prints `details` of what a test throws, and ends without a word when that isn't text.
  assert.not('details' in new DomainError(madeUpCode('a.b'), 'internal', 'Broken', { thing: 'x' }));
});

test.run();
