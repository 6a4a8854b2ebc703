import { createServer } from 'node:net';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { DomainError } from '../../../src/domain/shared/domain-error.ts';
import {
  AnthropicClaude,
  type AnthropicClaudeOptions,
} from '../../../src/infrastructure/claude/anthropic-claude.ts';
import {
  type AnthropicReply,
  answer,
  begin,
  breakOff,
  endEarly,
  fail,
  failInStream,
  hang,
  page,
  silence,
} from '../../support/anthropic-replies.ts';
import { TEST_API_KEY } from '../../support/anthropic-request.ts';
import { AnthropicServer } from '../../support/anthropic-server.ts';
import { failureOf, refusalOf } from '../../support/failure.ts';

const server = await AnthropicServer.start({ contextWindow: 1000 });
const test = suite('AnthropicClaude: failures');
test.after(() => server.close());

const claude = (more: Partial<AnthropicClaudeOptions> = {}) =>
  new AnthropicClaude({
    apiKey: TEST_API_KEY,
    baseUrl: server.url,
    timeoutMs: 20_000,
    maxRetries: 0,
    ...more,
  });

const request = (text = 'Hello', model = 'claude-sonnet-5-5') => ({
  model,
  messages: [{ role: 'user', content: [{ type: 'text', text }] }] as const,
  maxTokens: 100,
});

/** The failure of a call, all of it in one text for what must not be in it. */
async function checkedFailure(call: Promise<unknown>): Promise<DomainError> {
  const error = await refusalOf(call);
  const { message, stack, cause } = error;
  assert.is(cause, undefined);
  const whole = JSON.stringify({ ...error, message, stack });
  assert.not.ok(whole.includes(TEST_API_KEY), 'the key is in the failure');
  assert.not.ok(whole.includes('req_test'), 'the body is in the failure');
  return error;
}

async function failureAfter(reply: AnthropicReply, more: Partial<AnthropicClaudeOptions> = {}) {
  server.next(reply);
  return await checkedFailure(claude(more).send(request(), { signal: new AbortController().signal }));
}

const told = `Some\nreason with ${TEST_API_KEY} and "Bearer abcdefgh12345678" ${'x'.repeat(400)}`;

for (const [status, type, code, kind, message] of [
  [
    400,
    'invalid_request_error',
    'claude.invalid-request',
    'invalid',
    /\(400\), it says "Some reason with \*+/,
  ],
  [
    401,
    'authentication_error',
    'claude.authentication',
    'forbidden',
    /ANTHROPIC_API_KEY.*your shell.*"env".*claude\.api_key_file/,
  ],
  [402, 'billing_error', 'claude.permission', 'forbidden', /billing/],
  [403, 'permission_error', 'claude.permission', 'forbidden', /access to model "claude-sonnet-5-5"/],
  [404, 'not_found_error', 'claude.model-not-found', 'not-found', /no model "claude-sonnet-5-5"/],
  [408, 'timeout_error', 'claude.timeout', 'unavailable', /took too long/],
  [409, 'conflict_error', 'claude.invalid-request', 'invalid', /\(409\)/],
  [413, 'request_too_large', 'claude.too-long', 'invalid', /begin a new one/],
  [418, 'something_new', 'claude.invalid-request', 'invalid', /\(418\)/],
  [429, 'rate_limit_error', 'claude.rate-limited', 'exhausted', /in a minute/],
  [500, 'api_error', 'claude.unavailable', 'unavailable', /\(500\)/],
  [502, 'api_error', 'claude.unavailable', 'unavailable', /\(502\)/],
  [504, 'timeout_error', 'claude.timeout', 'unavailable', /\(504\)/],
  [529, 'overloaded_error', 'claude.overloaded', 'unavailable', /overloaded/],
] as const) {
  test(`${status} becomes ${code}`, async () => {
    const failure = await failureAfter(fail(status, type, { message: told }));
    assert.equal({ code: failure.code, kind: failure.kind }, { code, kind });
    assert.match(failure.message, message);
    assert.ok(failure.message.length < 600, failure.message);
    assert.not.match(failure.message, /abcdefgh|\n|\.$/);
  });
}

for (const [type, code] of [
  ['overloaded_error', 'claude.overloaded'],
  ['api_error', 'claude.unavailable'],
  ['rate_limit_error', 'claude.rate-limited'],
  ['invalid_request_error', 'claude.invalid-request'],
  ['something_new', 'claude.unavailable'],
] as const) {
  test(`${type} in the middle of the stream becomes ${code}, and isn't tried again`, async () => {
    const before = server.requests.length;
    const failure = await failureAfter(begin('Half of', failInStream(type, told)), { maxRetries: 2 });
    assert.is(failure.code, code);
    assert.is(server.requests.length, before + 1);
  });
}

for (const [what, reply, code, message] of [
  ['a stream that breaks off', begin('Half of', breakOff), 'claude.network', /"127\.0\.0\.1:\d+" broke off/],
  ['a stream that ends early', begin('Half of', endEarly), 'claude.network', /broke off/],
  [
    'a message that says no reason for its end',
    answer({ content: 'All', stopReason: null }),
    'claude.unavailable',
    /something else/,
  ],
  ['an answer that is a page', page(), 'claude.unavailable', /something else.*claude\.base_url/],
  ['a page that is not there', page(404), 'claude.invalid-request', /Messages API.*claude\.base_url/],
  ['a proxy that fails', page(502), 'claude.unavailable', /502/],
] as const) {
  test(`${what} is ${code}`, async () => {
    const failure = await failureAfter(reply);
    assert.is(failure.code, code);
    assert.match(failure.message, message);
  });
}

test('a wrong key is told so', async () => {
  const call = claude({ apiKey: 'sk-ant-wrong-key' }).send(request(), {
    signal: new AbortController().signal,
  });
  assert.is((await checkedFailure(call)).code, 'claude.authentication');
});

test('a model that is not there is told with the one that was meant', async () => {
  const call = claude().send(request('Hello', 'claude-opus-5-6'), { signal: new AbortController().signal });
  const { code, message } = await checkedFailure(call);
  assert.is(code, 'claude.model-not-found');
  assert.match(message, /no model "claude-opus-5-6".*Did you mean "claude-opus-5-5"\?.*"claude-sonnet-5-5"/);
});

test('a prompt that is too long is told so', async () => {
  const call = claude().send(request('x'.repeat(5000)), { signal: new AbortController().signal });
  assert.is((await checkedFailure(call)).code, 'claude.too-long');
});

test('a host that nobody is, and a port that nobody listens at, are told without path and query', async () => {
  const { signal } = new AbortController();
  const refused = await checkedFailure(
    claude({ baseUrl: `http://127.0.0.1:${await freePort()}/path?q=secret` }).send(request(), { signal }),
  );
  assert.is(refused.code, 'claude.network');
  assert.match(refused.message, /"127\.0\.0\.1:\d+" failed \(ECONNREFUSED\): nothing listens there/);
  assert.not.match(refused.message, /path|secret/);
  const unknown = await checkedFailure(
    claude({ baseUrl: 'https://nobody.invalid' }).send(request(), { signal }),
  );
  assert.is(unknown.code, 'claude.network');
  assert.match(unknown.message, /"nobody\.invalid" failed/);
});

test('the adapter retries what is worth it, after the time that the API wants', async () => {
  const before = server.requests.length;
  server.next(
    fail(529, 'overloaded_error'),
    fail(429, 'rate_limit_error', { retryAfter: 1 }),
    answer('At last'),
  );
  const started = performance.now();
  const { content } = await claude({ maxRetries: 2 }).send(request(), {
    signal: new AbortController().signal,
  });
  assert.equal(content, [{ type: 'text', text: 'At last' }]);
  assert.is(server.requests.length, before + 3);
  assert.ok(performance.now() - started >= 1000);
});

test('the adapter does not retry what stays wrong, nor more often than it may', async () => {
  const before = server.requests.length;
  await failureAfter(fail(400, 'invalid_request_error'), { maxRetries: 5 });
  assert.is(server.requests.length, before + 1);
  server.next(fail(500, 'api_error'), fail(500, 'api_error'));
  await checkedFailure(claude({ maxRetries: 1 }).send(request(), { signal: new AbortController().signal }));
  assert.is(server.requests.length, before + 3);
});

test('the adapter says at once when the API wants to wait for longer than there is time', async () => {
  const before = server.requests.length;
  const failure = await failureAfter(fail(429, 'rate_limit_error', { retryAfter: 3600 }), { maxRetries: 2 });
  assert.is(failure.code, 'claude.rate-limited');
  assert.match(failure.message, /try again after 3600 s$/);
  assert.is(secondsIn(failure), 3600);
  assert.is(server.requests.length, before + 1);
  const date = new Date(Date.now() + 100_000).toUTCString();
  const dated = await failureAfter(fail(429, 'rate_limit_error', { retryAfter: date }), { maxRetries: 2 });
  assert.ok(Math.abs(secondsIn(dated) - 100) < 15, dated.message);
});

for (const retryAfter of [
  31 * 24 * 3600,
  '99999999999999',
  `1${'0'.repeat(400)}`,
  'Fri, 31 Dec 9999 23:59:59 GMT',
]) {
  test(`a wait of ${String(retryAfter).slice(0, 30)} is told in words`, async () => {
    const failure = await failureAfter(fail(429, 'rate_limit_error', { retryAfter }), { maxRetries: 2 });
    assert.match(failure.message, /: try again later, it wants to wait for more than 30 days$/);
    assert.equal(failure.data, {});
  });
}

for (const [what, reply] of [
  ['says nothing', silence],
  ['sends headers only', hang],
  ['stops in the middle', begin('Half of', hang)],
] as const) {
  test(`an API that ${what} is given its time, and no more`, async () => {
    const failure = await failureAfter(reply, { timeoutMs: 300, maxRetries: 2 });
    assert.is(failure.code, 'claude.timeout');
    assert.match(failure.message, /within 0\.3 s \("claude\.timeout"\)/);
    await server.requests.at(-1)?.aborted;
  });

  test(`cancelling ends the request to an API that ${what}`, async () => {
    const controller = new AbortController();
    const reason = new Error('The client changed its mind');
    const before = server.requests.length;
    server.next(reply);
    const call = claude({ maxRetries: 2 }).send(request(), { signal: controller.signal });
    await until(() => server.requests.length > before);
    controller.abort(reason);
    assert.is(await failureOf(call), reason);
    await server.requests.at(-1)?.aborted;
    assert.is(server.requests.length, before + 1);
  });
}

test('cancelling ends the waiting before a retry', async () => {
  const controller = new AbortController();
  const before = server.requests.length;
  server.next(fail(429, 'rate_limit_error', { retryAfter: 10 }));
  const call = claude({ maxRetries: 2 }).send(request(), { signal: controller.signal });
  await until(() => server.requests.length > before);
  controller.abort(new Error('Enough'));
  assert.match(String(await failureOf(call)), /Enough/);
});

test('what is cancelled already is not sent', async () => {
  const before = server.requests.length;
  const call = claude().send(request(), { signal: AbortSignal.abort(new Error('Before')) });
  assert.match(String(await failureOf(call)), /Before/);
  assert.is(server.requests.length, before);
});

test('an answer in its time is whole, however slowly it comes', async () => {
  server.next(answer({ content: 'Slowly but surely', firstByteMs: 100, pieceMs: 20 }));
  const { content } = await claude().send(request(), { signal: new AbortController().signal });
  assert.equal(content, [{ type: 'text', text: 'Slowly but surely' }]);
});

/** The seconds after which a failure tells programs to try again. */
function secondsIn(failure: DomainError): number {
  return Number(/"retryAfter":(\d+)/.exec(JSON.stringify({ ...failure }))?.[1]);
}

async function freePort(): Promise<number> {
  const listener = createServer();
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const { port } = listener.address() as { port: number };
  await new Promise((resolve) => listener.close(resolve));
  return port;
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
}

test.run();
