import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { echoTool } from '../../../../src/application/tools/echo.ts';
import { textResult } from '../../../../src/domain/tool/tool-result.ts';
import { fakeContext } from '../fake-context.ts';

const test = suite('echo');

for (const message of ['hi', '', '  ', '"quoted"\n', '\u2028', '😀', '\ud800', '\0']) {
  test(`the tool returns ${JSON.stringify(message)} at once, as it is`, () => {
    assert.equal(echoTool().run({ message }, fakeContext()), textResult(`Echo: ${message}`));
  });
}

test('the tool promises to change nothing', () => {
  const { annotations } = echoTool().tool;
  assert.equal(annotations, {
    readOnlyHint: true,
    destructiveHint: false,
    idempotentHint: true,
    openWorldHint: false,
  });
});

test.run();
