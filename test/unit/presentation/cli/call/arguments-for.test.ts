import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { echoTool } from '../../../../../src/application/tools/echo.ts';
import { textResult } from '../../../../../src/domain/tool/tool-result.ts';
import { argumentsFor } from '../../../../../src/presentation/cli/call/call-arguments.ts';
import { sampleTool } from '../sample-services.ts';

const test = suite('argumentsFor');

const { tool } = sampleTool(() => textResult(''));

test('the reader gives values the types that the tool wants', () => {
  const given = [
    { key: 'count', text: '5' },
    { key: 'words', text: '["a","b"]' },
  ];
  assert.equal(argumentsFor(tool, given), { count: 5, words: ['a', 'b'] });
});

test('the reader leaves JSON as it was given', () => {
  assert.equal(argumentsFor(tool, [{ key: 'count', json: 'five' }]), { count: 'five' });
});

test('the reader knows a mistyped name', () => {
  const message = '"echo" has no argument "mesage"; did you mean "message"? (it takes message=...)';
  assert.throws(() => argumentsFor(echoTool().tool, [{ key: 'mesage', text: 'hi' }]), message);
  assert.throws(() => argumentsFor(tool, [{ key: '__proto__', text: 'hi' }]), 'has no argument "__proto__"');
});

test('the reader leaves unknown names to a tool that is open for them', () => {
  const open = { ...tool, inputSchema: () => ({ type: 'object' }) };
  assert.equal(argumentsFor(open, [{ key: 'any', text: '5' }]), { any: '5' });
});

test.run();
