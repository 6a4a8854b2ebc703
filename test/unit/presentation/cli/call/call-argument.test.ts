import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readCallArguments } from '../../../../../src/presentation/cli/call/call-arguments.ts';

const test = suite('readCallArguments');

test('the reader takes everything behind the first equals sign as the value', () => {
  assert.equal(readCallArguments(['a=', 'b=x=y', 'c= two words \n']), [
    { key: 'a', text: '' },
    { key: 'b', text: 'x=y' },
    { key: 'c', text: ' two words \n' },
  ]);
});

test('the reader reads JSON behind :=', () => {
  assert.equal(readCallArguments(['a:=[1,"=",{"b":null}]', 'b:="5"']), [
    { key: 'a', json: [1, '=', { b: null }] },
    { key: 'b', json: '5' },
  ]);
});

test('the reader leaves a colon elsewhere alone', () => {
  assert.equal(readCallArguments(['a:b=c', 'd=:=']), [
    { key: 'a:b', text: 'c' },
    { key: 'd', text: ':=' },
  ]);
});

const refused: [string[], string][] = [
  [['hi'], 'Expected an argument as KEY=VALUE or KEY:=JSON, got "hi"'],
  [['=hi'], 'Expected an argument as KEY=VALUE or KEY:=JSON, got "=hi"'],
  [[''], 'Expected an argument as KEY=VALUE or KEY:=JSON, got ""'],
  [['a:={'], 'Expected JSON after "a:=", got "{"'],
  [['a=1', 'a:=2'], 'Expected "a" once, got it twice; lists are given as JSON'],
];

for (const [words, message] of refused) {
  test(`the reader refuses ${JSON.stringify(words)}`, () =>
    assert.throws(() => readCallArguments(words), message));
}

test.run();
