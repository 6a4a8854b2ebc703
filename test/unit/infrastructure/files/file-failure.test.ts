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
  ['EBUSY', 'file.failed'],
  ['UNKNOWN', 'file.failed'],
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

test('only on macOS, and only what is denied to a program, points to the privacy settings', () => {
  for (const [code, platform, isHinted] of [
    ['EPERM', 'darwin', true],
    ['EACCES', 'darwin', false],
    ['EPERM', 'linux', false],
    ['EPERM', 'win32', false],
  ] as const) {
    const { message } = fileFailure(failureOf(code), 'a.txt', platform) as DomainError;
    assert.is(message.includes('Privacy & Security'), isHinted, `${code} on ${platform}`);
  }
});

test('a file that is busy is another program’s on Windows, and elsewhere what the system itself uses', () => {
  for (const [platform, expected] of [
    ['win32', 'Another program has "a.txt" open; close it there, or try again later'],
    [
      'linux',
      'The system has "a.txt" in use: it may be a mount point; try again later, or choose another path',
    ],
    [
      'darwin',
      'The system has "a.txt" in use: it may be a mount point; try again later, or choose another path',
    ],
  ] as const)
    assert.is(
      (fileFailure(failureOf('EBUSY'), 'a.txt', platform) as DomainError).message,
      expected,
      platform,
    );
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
