import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Eventual } from '../../../../../src/application/eventual.ts';
import {
  deferredTool,
  type FinishedDescription,
} from '../../../../../src/application/tools/define/deferred-tool.ts';
import type { ToolDefinition } from '../../../../../src/application/tools/define/define-tool.ts';
import { echoTool } from '../../../../../src/application/tools/echo.ts';
import { textResult } from '../../../../../src/domain/tool/tool-result.ts';
import { fakeContext } from '../../fake-context.ts';

const test = suite('deferred-tool');

const { inputSchema, outputSchema: _none, ...described } = echoTool().tool;
const description: FinishedDescription = {
  ...described,
  inputSchema: inputSchema(),
  concurrency: 3,
  timeout: 5,
};

function deferredEcho(load: () => Eventual<ToolDefinition> = async () => echoTool()) {
  let loads = 0;
  const { tool, run } = deferredTool(description, () => {
    loads += 1;
    return load();
  });
  return { tool, echo: (message: string) => run({ message }, fakeContext()), loads: () => loads };
}

test('a deferred tool is listed and limited by its description, without being loaded', () => {
  const { tool, loads } = deferredEcho();
  assert.equal([tool.name, tool.title, tool.concurrency, tool.timeout], ['echo', 'Echo', 3, 5]);
  assert.equal(tool.inputSchema(), inputSchema());
  assert.not.ok(Object.hasOwn(tool, 'outputSchema'));
  assert.is(loads(), 0);
});

test('a deferred tool has its output schema where there is one', () => {
  const outputSchema = { type: 'object' };
  const { tool } = deferredTool({ ...description, outputSchema }, async () => echoTool());
  assert.equal(tool.outputSchema?.(), outputSchema);
});

test('a deferred tool is loaded at the first call, once for all that come meanwhile', async () => {
  const { echo, loads } = deferredEcho();
  assert.equal(await Promise.all([echo('a'), echo('b')]), [textResult('Echo: a'), textResult('Echo: b')]);
  assert.is(loads(), 1);
});

test('a deferred tool answers at once after its first call, if it ever does', async () => {
  const { echo } = deferredEcho();
  await echo('a');
  assert.equal(echo('b'), textResult('Echo: b'));
});

test('a deferred tool answers its first call at once too where it is loaded at once', () => {
  assert.equal(deferredEcho(echoTool).echo('a'), textResult('Echo: a'));
});

test('a deferred tool fails as loading it fails', async () => {
  const { echo } = deferredEcho(() => Promise.reject(new Error('no such module')));
  assert.is(await Promise.resolve(echo('a')).catch((error) => error.message), 'no such module');
});

test.run();
