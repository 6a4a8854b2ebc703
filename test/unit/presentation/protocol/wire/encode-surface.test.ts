import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Prompt } from '../../../../../src/domain/prompt/prompt.ts';
import { describeTool } from '../../../../../src/domain/tool/tool.ts';
import { errorResult, structuredResult, textResult } from '../../../../../src/domain/tool/tool-result.ts';
import { encodeResult } from '../../../../../src/presentation/jsonrpc/encode.ts';
import {
  encodeCompletion,
  encodePrompt,
  encodePromptResult,
  encodeResource,
  encodeResourceTemplate,
  encodeTool,
  encodeToolResult,
} from '../../../../../src/presentation/protocol/wire/encode-surface.ts';
import { featuresOf, since, versions } from '../features.ts';

const test = suite('encode-surface');

const annotations = {
  readOnlyHint: true,
  destructiveHint: false,
  idempotentHint: true,
  openWorldHint: false,
};
const tool = describeTool({
  name: 'look',
  title: 'Look',
  description: 'Looks.',
  category: 'utility',
  tags: ['test'],
  annotations,
  inputSchema: () => ({ type: 'object' }),
  outputSchema: () => ({ type: 'object', required: ['n'] }),
  timeout: 5,
  concurrency: 1,
});
const prompt: Prompt = {
  name: 'greet',
  title: 'Greeting',
  description: 'Greets',
  arguments: [
    { name: 'name', title: 'Name', description: 'Whom', required: true },
    { name: 'tone', description: 'How', required: false },
  ],
};

for (const version of versions) {
  const features = featuresOf(version);
  const titled = since('2025-06-18', version);

  test(`${version}: a tool, without what is ours alone`, () => {
    assert.equal(encodeTool(tool, features), {
      name: 'look',
      ...(titled && { title: 'Look' }),
      description: 'Looks.',
      inputSchema: { type: 'object' },
      ...(titled && { outputSchema: { type: 'object', required: ['n'] } }),
      ...(since('2025-03-26', version) && {
        annotations: { ...(!titled && { title: 'Look' }), ...annotations },
      }),
    });
  });

  test(`${version}: a result`, () => {
    assert.equal(encodeToolResult(textResult('hi'), features), { content: [{ type: 'text', text: 'hi' }] });
    assert.equal(encodeToolResult(errorResult('no'), features), {
      content: [{ type: 'text', text: 'no' }],
      isError: true,
    });
    assert.equal(encodeToolResult({ ...textResult('hi'), meta: { 'test/key': 1 } }, features), {
      content: [{ type: 'text', text: 'hi' }],
      _meta: { 'test/key': 1 },
    });
  });

  test(`${version}: a structured result, or its text alone`, () => {
    const answer = {
      content: [{ type: 'text', text: '{"n":1}' }],
      ...(titled && { structuredContent: { n: 1 } }),
    };
    const { json, ...unmade } = structuredResult({ n: 1 });
    assert.equal(encodeToolResult(unmade, features), answer);
    assert.is(
      encodeResult(1, encodeToolResult({ ...unmade, ...(json && { json }) }, features)),
      encodeResult(1, answer),
    );
  });

  test(`${version}: a structured result with a remark behind its text`, () => {
    const result = structuredResult({ n: 1 });
    const remark = { type: 'text', text: 'Cut' } as const;
    const content = [...result.content, remark];
    assert.equal(JSON.parse(encodeResult(1, encodeToolResult({ ...result, content }, features))).result, {
      content: [{ type: 'text', text: '{"n":1}' }, remark],
      ...(titled && { structuredContent: { n: 1 } }),
    });
  });

  test(`${version}: a resource and a family`, () => {
    const shared = { name: 'a', description: 'An A', mimeType: 'text/plain' };
    const described = { ...shared, title: 'A', annotations: { priority: 1 } };
    const expected = { ...shared, ...(titled && { title: 'A' }), annotations: { priority: 1 } };
    assert.equal(encodeResource({ ...described, uri: 'test://a', size: 1, ttlMs: 5 }, features), {
      uri: 'test://a',
      size: 1,
      ...expected,
    });
    assert.equal(encodeResourceTemplate({ ...described, uriTemplate: 'test://{id}', ttlMs: 5 }, features), {
      uriTemplate: 'test://{id}',
      ...expected,
    });
  });

  test(`${version}: a prompt`, () => {
    assert.equal(encodePrompt(prompt, features), {
      name: 'greet',
      ...(titled && { title: 'Greeting' }),
      description: 'Greets',
      arguments: [
        { name: 'name', ...(titled && { title: 'Name' }), description: 'Whom', required: true },
        { name: 'tone', description: 'How' },
      ],
    });
  });

  test(`${version}: the messages of a prompt`, () => {
    const content = { type: 'audio', data: 'AAAA', mimeType: 'audio/wav' } as const;
    const encoded = encodePromptResult(
      { description: 'Hello', messages: [{ role: 'user', content }] },
      features,
    );
    const audio = since('2025-03-26', version) ? 'audio' : 'text';
    assert.is(encoded['description'], 'Hello');
    assert.is((encoded['messages'] as { content: { type: string } }[])[0]?.content.type, audio);
  });
}

test('a tool without an output schema has none', () => {
  const { outputSchema: _, ...plain } = tool;
  assert.not.ok(Object.hasOwn(encodeTool(plain, featuresOf('2025-11-25')), 'outputSchema'));
});

test('a prompt without a description has none', () => {
  assert.equal(encodePromptResult({ messages: [] }, featuresOf('2025-11-25')), { messages: [] });
});

test('a completion', () => {
  const completion = { values: ['a'], total: 101, hasMore: true };
  assert.equal(encodeCompletion(completion), { completion });
});

test.run();
