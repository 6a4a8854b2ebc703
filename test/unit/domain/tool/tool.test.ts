import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { DomainError } from '../../../../src/domain/shared/domain-error.ts';
import { describeTool, type ToolDescription } from '../../../../src/domain/tool/tool.ts';
import { refusedWith } from '../../../support/failure.ts';

const test = suite('tool');

const description: ToolDescription = {
  name: 'look',
  title: 'Look',
  description: 'Looks.',
  category: 'utility',
  tags: [],
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
  inputSchema: () => ({ type: 'object' }),
};

test('a tool keeps what a tool says of itself', () => {
  assert.equal(describeTool(description), description);
});

for (const length of [1, 1024]) {
  test(`a tool takes a description of ${length} characters`, () => {
    const text = 'x'.repeat(length);
    assert.is(describeTool({ ...description, description: text }).description, text);
  });
}

for (const length of [0, 1025]) {
  test(`a tool refuses a description of ${length} characters`, () => {
    assert.throws(
      () => describeTool({ ...description, description: 'x'.repeat(length) }),
      (error: unknown) =>
        error instanceof DomainError &&
        error.code === 'tool.description-invalid' &&
        error.message ===
          `Expected the description of tool "look" to have 1 to 1024 characters, got ${length}`,
    );
  });
}

test('a tool refuses a name that is none', () => {
  assert.throws(() => describeTool({ ...description, name: 'look here' }), refusedWith('tool.name-invalid'));
});

test.run();
