import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { DomainError } from '../../../../src/domain/shared/domain-error.ts';
import { codeOf, fileFailure } from '../../../../src/infrastructure/files/file-failure.ts';

const test = suite('file failures');

const failureOf = (code: string) => Object.assign(new Error(`${code}: /host/path`), { code });

for (const [code, expected] of [
  ['ENOENT', 'file.not-found'],
  ['ENOTDIR', 'file.not-found'],
  ['EACCES', 'file.denied'],
  ['EPERM', 'file.denied'],
  ['EROFS', 'file.denied'],
  ['EEXIST', 'file.exists'],
  ['EISDIR', 'file.not-regular'],
  ['ENXIO', 'file.not-regular'],
  ['ENODEV', 'file.not-regular'],
  ['ELOOP', 'path.invalid'],
  ['ENAMETOOLONG', 'path.invalid'],
  ['ENOSPC', 'file.failed'],
  ['EDQUOT', 'file.failed'],
  ['EIO', 'file.failed'],
] as const) {
  test(`${code} is ${expected}, and names only what was asked for`, () => {
    const failure = fileFailure(failureOf(code), 'a.txt');
    assert.instance(failure, DomainError);
    assert.is((failure as DomainError).code, expected);
    assert.match((failure as DomainError).message, 'a.txt');
    assert.not.match((failure as DomainError).message, '/host/path');
  });
}

test('the failure says that there is no space where there is none', () => {
  for (const code of ['ENOSPC', 'EDQUOT'])
    assert.match((fileFailure(failureOf(code), 'a.txt') as DomainError).message, 'no space left');
});

test('what is no failure of the system stays what it is', () => {
  const refusal = new DomainError('path.outside', 'forbidden', 'No');
  for (const error of [
    refusal,
    new TypeError('boom'),
    failureOf('ERR_INVALID_ARG_VALUE'),
    'boom',
    undefined,
  ]) {
    assert.is(fileFailure(error, 'a.txt'), error);
    assert.is(codeOf(error), undefined);
  }
});

test.run();
