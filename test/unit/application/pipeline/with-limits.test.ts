import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { withLimits } from '../../../../src/application/pipeline/with-limits.ts';
import type { ToolResult } from '../../../../src/domain/tool/tool-result.ts';
import { textResult } from '../../../../src/domain/tool/tool-result.ts';
import { failureOf } from '../../../support/failure.ts';
import { fakeContext } from '../fake-context.ts';
import { callOf, registryOf } from './test-tool.ts';

const test = suite('with-limits');

const tools = registryOf(
  { name: 'free' },
  { name: 'single', concurrency: 1 },
  { name: 'pair', concurrency: 2 },
);
const call = (name: string) => callOf(tools, name);
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

/** The use case beneath: every call runs until the test ends it. */
function heldCalls() {
  const started: { readonly name: string; readonly end: (text: string) => void }[] = [];
  const names = () => started.map(({ name }) => name);
  const next = ({ name }: { readonly name: string }) =>
    new Promise<ToolResult>((resolve) => {
      started.push({ name, end: (text) => resolve(textResult(text)) });
    });
  return { started, names, next };
}

test('what is there at once stays so', () => {
  const limited = withLimits(() => textResult('now'));
  assert.equal(limited(call('free'), fakeContext()), textResult('now'));
});

test('a tool without a limit runs as often as it is called', async () => {
  const { names, next } = heldCalls();
  const limited = withLimits(next);
  for (let n = 0; n < 20; n++) void limited(call('free'), fakeContext());
  await settle();
  assert.is(names().length, 20);
});

test('a tool with a limit waits until it is next; each tool has its own', async () => {
  const { started, names, next } = heldCalls();
  const limited = withLimits(next);
  const results = ['single', 'single', 'pair', 'pair', 'pair'].map((name) =>
    limited(call(name), fakeContext()),
  );
  await settle();
  assert.equal(names(), ['single', 'pair', 'pair']);
  started[0]?.end('first');
  started[2]?.end('third');
  await settle();
  assert.equal(names(), ['single', 'pair', 'pair', 'single', 'pair']);
  for (const { end } of started) end('rest');
  const texts = (await Promise.all(results)).map(({ content }) => content);
  assert.equal(
    texts,
    ['first', 'rest', 'rest', 'third', 'rest'].map((text) => textResult(text).content),
  );
});

test('a call that is cancelled while it waits never runs', async () => {
  const { started, names, next } = heldCalls();
  const limited = withLimits(next);
  const context = fakeContext();
  const holding = limited(call('single'), fakeContext());
  const cancelled = Promise.resolve(limited(call('single'), context));
  const reason = new Error('cancelled');
  context.abort(reason);
  assert.is(await failureOf(cancelled), reason);
  started[0]?.end('done');
  await holding;
  await settle();
  assert.equal(names(), ['single']);
});

test('a call whose key was revoked while it waited never runs, and gives its place back', async () => {
  const { started, names, next } = heldCalls();
  const limited = withLimits(next);
  const holding = limited(call('single'), fakeContext());
  let isAuthorized = true;
  const revoked = Promise.resolve(
    limited(call('single'), fakeContext({ isStillAuthorized: () => isAuthorized })),
  );
  const others = limited(call('single'), fakeContext());
  await settle();
  isAuthorized = false;
  started[0]?.end('done');
  await holding;
  assert.match(String(await failureOf(revoked)), 'was revoked or has expired while it waited');
  await settle();
  assert.equal(names(), ['single', 'single']);
  started[1]?.end('done');
  await others;
});

test('a limited call that throws at once gives its place back', async () => {
  let calls = 0;
  const boom = new Error('boom');
  const limited = withLimits(() => {
    calls += 1;
    if (calls === 1) throw boom;
    return textResult('second');
  });
  const first = Promise.resolve(limited(call('single'), fakeContext()));
  assert.is(await failureOf(first), boom);
  assert.equal(await limited(call('single'), fakeContext()), textResult('second'));
});

for (const name of ['free', 'single']) {
  test(`an answer of "${name}" that no client takes becomes an error that says so`, async () => {
    const limited = withLimits(async () => textResult('x'.repeat(10 * 1024 * 1024)));
    const { isError, content } = await limited(call(name), fakeContext());
    assert.ok(isError);
    assert.equal(content, [
      {
        type: 'text',
        text: `The answer of "${name}" would reach 10485760 bytes, more than clients take in one message; ask for less at once`,
      },
    ]);
  });
}

test('an unknown tool is the use case’s business', () => {
  assert.equal(withLimits(() => textResult('?'))(call('nope'), fakeContext()), textResult('?'));
});

test.run();
