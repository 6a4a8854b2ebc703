import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { DomainError } from '../../../../../src/domain/shared/domain-error.ts';
import { watchFailure } from '../../../../../src/infrastructure/files/read/watch-file.ts';

const test = suite('watch-failure');

function failureOf(code: string): readonly string[] {
  const failure = watchFailure(Object.assign(new Error(code), { code }), '/a/b');
  assert.instance(failure, DomainError);
  const { code: name, kind, message } = failure as DomainError;
  return [name, kind, message];
}

test('a limit of the system is named, with what to do', () => {
  assert.equal(failureOf('ENOSPC'), [
    'file.failed',
    'exhausted',
    'Watching "/a/b" is more than the system\'s limit on watched directories (on Linux fs.inotify.max_user_watches); raise it, or unsubscribe from other files',
  ]);
  assert.equal(failureOf('EMFILE'), [
    'file.failed',
    'exhausted',
    'Watching "/a/b" is more than the system\'s limit on open files or watchers (on Linux "ulimit -n" and fs.inotify.max_user_instances); raise it, or unsubscribe from other files',
  ]);
});

test('any other failure is as everywhere', () => {
  assert.is(failureOf('ENOENT')[0], 'file.not-found');
  const boom = new Error('boom');
  assert.is(watchFailure(boom, '/a'), boom);
});

test.run();
