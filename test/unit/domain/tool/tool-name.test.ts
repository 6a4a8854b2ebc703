import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { DomainError } from '../../../../src/domain/shared/domain-error.ts';
import { toolName } from '../../../../src/domain/tool/tool.ts';

const test = suite('tool-name');

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_./-';

test('a tool name takes 1 to 128 letters, digits, "_", "-", "." and "/"', async () => {
  const name = fc.string({ unit: fc.constantFrom(...letters), minLength: 1, maxLength: 128 });
  await fc.assert(fc.property(name, (valid) => assert.is(toolName(valid), valid)));
  assert.is(toolName('a'.repeat(128)), 'a'.repeat(128));
});

for (const name of ['', 'a'.repeat(129), 'two words', 'tool\n', 'é', 'a:b', 'tool,', '"', '<x>', '名']) {
  test(`a tool name refuses ${JSON.stringify(name.slice(0, 20))} of length ${name.length}`, () => {
    assert.throws(
      () => toolName(name),
      (error: unknown) =>
        error instanceof DomainError && error.code === 'tool.name-invalid' && error.kind === 'invalid',
    );
  });
}

test('a tool name shows of a long name no more than its beginning', () => {
  assert.throws(
    () => toolName('!'.repeat(1_000_000)),
    (error: unknown) => error instanceof DomainError && error.message.length < 300,
  );
});

test.run();
