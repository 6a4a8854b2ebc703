import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { renewBlocks } from '../../../build/generated-blocks.ts';

const test = suite('generated blocks');

const document = `# Title

<!-- generated:one -->
old
<!-- /generated:one -->

Between.

<!-- generated:two -->
<!-- /generated:two -->
`;

test('the generator renews each block and nothing else', () => {
  const renewed = renewBlocks(document, { one: () => 'costs $1\n', two: () => '| a |\n|---|\n' });
  assert.is(
    renewed,
    '# Title\n\n<!-- generated:one -->\ncosts $1\n<!-- /generated:one -->\n\nBetween.\n\n' +
      '<!-- generated:two -->\n| a |\n|---|\n<!-- /generated:two -->\n',
  );
  assert.is(renewBlocks(renewed, { one: () => 'costs $1', two: () => '| a |\n|---|' }), renewed);
});

test('the generator refuses a block that nobody generates', () => {
  assert.throws(() => renewBlocks(document, { one: () => '' }), /generator .* for the block "two", got none/);
});

test('the generator refuses a block without an end', () => {
  const open = document.replace('<!-- /generated:two -->', '');
  assert.throws(() => renewBlocks(open, { one: () => '', two: () => '' }), /2 opened, 1 closed/);
});

test.run();
