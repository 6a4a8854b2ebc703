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

test('the reader takes a value from elsewhere', () => {
  const stdin = { kind: 'stdin' } as const;
  const file = { kind: 'file', path: 'f' } as const;
  assert.equal(readCallArguments(['a=-', 'b=@-', 'c=@f', 'd:=@f', 'e:=-', 'f=@@f', 'g=--']), [
    { key: 'a', origin: stdin, isJson: false },
    { key: 'b', origin: stdin, isJson: false },
    { key: 'c', origin: file, isJson: false },
    { key: 'd', origin: file, isJson: true },
    { key: 'e', origin: stdin, isJson: true },
    { key: 'f', text: '@f' },
    { key: 'g', text: '--' },
  ]);
});

test('the reader takes one object for all arguments', () => {
  assert.equal(readCallArguments([' {"a":1,"b":"x=y"}']), [
    { key: 'a', json: 1 },
    { key: 'b', json: 'x=y' },
  ]);
  assert.equal(readCallArguments(['{}']), []);
  assert.equal(readCallArguments(['@f']), [
    { key: undefined, origin: { kind: 'file', path: 'f' }, isJson: true },
  ]);
});

const refused: [string[], string][] = [
  [['hi'], 'Expected arguments as KEY=VALUE or KEY:=JSON, or one JSON object alone, got "hi"'],
  [['=hi'], 'Expected arguments as KEY=VALUE or KEY:=JSON, or one JSON object alone, got "=hi"'],
  [[''], 'Expected arguments as KEY=VALUE or KEY:=JSON, or one JSON object alone, got ""'],
  [['{"a":1}', 'b=2'], 'or one JSON object alone, got "{"a":1}"'],
  [['@f', 'b=2'], 'or one JSON object alone, got "@f"'],
  [['[1]'], 'or one JSON object alone, got "[1]"'],
  [['{a}'], 'where a shell takes quotes away, give it on stdin: "-" instead of it reads that'],
  [[`{${'a'.repeat(100)}}`], 'got a text of 102 characters'],
  [['a: b'], 'did you mean "a=b"?'],
  [['a:={'], 'Expected JSON after "a:=", got "{"'],
  [['a=1', 'a:=2'], 'Expected "a" once, got it twice; lists are given as JSON'],
];

for (const [words, message] of refused) {
  test(`the reader refuses ${JSON.stringify(words)}`, () =>
    assert.throws(() => readCallArguments(words), message));
}

test.run();
