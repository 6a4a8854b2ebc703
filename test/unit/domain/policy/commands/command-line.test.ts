import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { commandLineOf } from '../../../../../src/domain/policy/commands/command-line.ts';
import { DomainError } from '../../../../../src/domain/shared/domain-error.ts';
import { thrownBy } from '../../../../support/failure.ts';

const test = suite('command-line');

const refusal = (given: Parameters<typeof commandLineOf>[0]): string => {
  const error = thrownBy(() => commandLineOf(given));
  assert.instance(error, DomainError);
  assert.is(error.code, 'command.invalid');
  return error.message;
};

test('the reader takes one of the two, as it is', () => {
  assert.equal(commandLineOf({ command: ' ls | wc ' }), { command: ' ls | wc ' });
  assert.equal(commandLineOf({ argv: ['ls', ''] }), { argv: ['ls', ''] });
});

test('the reader takes the one that says something where the other is empty', () => {
  assert.equal(commandLineOf({ command: 'ls', argv: [] }), { command: 'ls' });
  assert.equal(commandLineOf({ command: '', argv: ['ls'] }), { argv: ['ls'] });
});

test('the reader refuses both and neither', () => {
  assert.match(refusal({ command: 'ls', argv: ['ls'] }), 'got both');
  assert.match(refusal({}), 'got neither');
});

test('the reader refuses what runs nothing', () => {
  assert.match(refusal({ command: ' \n\t' }), 'nothing but blanks');
  assert.match(refusal({ argv: [] }), 'got an empty list');
  assert.match(refusal({ command: '' }), 'nothing but blanks');
  assert.match(refusal({ command: '', argv: [] }), 'nothing but blanks');
  assert.match(refusal({ argv: ['', 'x'] }), 'begin with a program');
});

test('the reader refuses NUL, which would cut an argument short', () => {
  assert.match(refusal({ command: 'ls\0-l' }), '"command" to hold no NUL');
  assert.match(refusal({ argv: ['ls', 'a\0b'] }), '"argv" to hold no NUL');
});

test('the reader refuses half of a surrogate pair, which would become another character', () => {
  assert.match(refusal({ command: 'ls \ud800' }), '"command" to hold whole characters');
  assert.match(refusal({ argv: ['ls', '\udc00\ud83d'] }), '"argv" to hold whole characters');
  assert.ok(commandLineOf({ argv: ['ls', '😀'] }));
});

test.run();
