import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Registry } from '../../../src/application/registry.ts';
import { DomainError } from '../../../src/domain/shared/domain-error.ts';

const test = suite('registry');

test('the registry finds by name and lists in the order of registration', () => {
  const registry = new Registry<number>('tool');
  for (const [name, value] of [
    ['b', 1],
    ['a', 2],
    ['10', 3],
    ['9', 4],
  ] as const)
    registry.add(name, value);
  assert.is(registry.find('a'), 2);
  assert.equal(registry.values(), [1, 2, 3, 4]);
  assert.is(registry.size, 4);
});

test('the registry refuses a second tool of the same name and keeps the first', () => {
  const registry = new Registry<number>('tool');
  registry.add('a', 1);
  assert.throws(
    () => registry.add('a', 2),
    (error: unknown) =>
      error instanceof DomainError &&
      error.code === 'tool.exists' &&
      error.kind === 'conflict' &&
      error.message === 'There is a tool "a" already',
  );
  assert.is(registry.find('a'), 1);
  assert.is(registry.size, 1);
});

for (const name of ['missing', '', '__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
  test(`the registry has nothing called "${name}" unless it was registered`, () => {
    const registry = new Registry<number>('tool');
    assert.is(registry.find(name), undefined);
    registry.add(name, 1);
    assert.is(registry.find(name), 1);
  });
}

test('a list that was handed out is not changed by what comes later', () => {
  const registry = new Registry<number>('tool');
  const before = registry.values();
  registry.add('a', 1);
  assert.equal(before, []);
});

test.run();
