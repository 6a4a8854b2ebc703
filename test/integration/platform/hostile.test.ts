import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { failureOf } from '../../support/failure.ts';
import { FakePlatform } from '../../support/platform/fake-platform.ts';
import {
  badGateway,
  brokenJson,
  drip,
  type Hostile,
  hang,
  htmlPage,
  manyRows,
  otherJson,
  redirect,
  reset,
  serverError,
  stopMidway,
  tooManyRequests,
  unauthorized,
  wrongTypes,
} from '../../support/platform/hostile.ts';

const platform = await FakePlatform.start();
const test = suite('FakePlatform: hostile modes');
test.after(() => platform.close());
test.before.each(() => platform.beKind());

const LOGS = '/api/v2/query/signals/logs';

async function ask(signal?: AbortSignal): Promise<Response> {
  const now = platform.state.now();
  const range = { from: new Date(now - 3_600_000).toISOString(), to: new Date(now).toISOString() };
  return await fetch(platform.url + LOGS, {
    method: 'POST',
    redirect: 'manual',
    headers: { authorization: `Bearer ${platform.token()}`, 'content-type': 'application/json' },
    body: JSON.stringify({ ...range, pagination: { limit: 3 } }),
    ...(signal && { signal }),
  });
}

async function after(treat: Hostile): Promise<Response> {
  platform.next('/logs', treat);
  return await ask();
}

test('a hostile mode is for the requests that it is meant for, and as often', async () => {
  platform.next('/traces', badGateway());
  assert.is((await ask()).status, 200);
  platform.next('/logs', serverError(), 2);
  assert.equal([(await ask()).status, (await ask()).status, (await ask()).status], [500, 500, 200]);
});

for (const [name, treat, status, type, text] of [
  ['badGateway', badGateway(), 502, /html/, /502 Bad Gateway/],
  ['htmlPage', htmlPage(), 200, /html/, /log in/],
  ['serverError', serverError(503), 503, /json/, /unexpected error/],
  ['unauthorized', unauthorized(), 401, /json/, /jwt expired/],
  ['tooManyRequests', tooManyRequests(), 429, /json/, /Too many/],
  ['otherJson', otherJson([1]), 200, /json/, /^\[1\]$/],
] as const) {
  test(`${name} answers ${status}`, async () => {
    const response = await after(treat);
    assert.is(response.status, status);
    assert.match(response.headers.get('content-type') ?? '', type);
    assert.match(await response.text(), text);
  });
}

test('tooManyRequests tells when to come again, or not', async () => {
  assert.is((await after(tooManyRequests('7'))).headers.get('retry-after'), '7');
  assert.is((await after(tooManyRequests())).headers.get('retry-after'), null);
});

test('redirect leads elsewhere', async () => {
  const response = await after(redirect('http://127.0.0.1:9/elsewhere', 307));
  assert.equal([response.status, response.headers.get('location')], [307, 'http://127.0.0.1:9/elsewhere']);
});

test('drip gives all, a byte at a time', async () => {
  const response = await after(drip(0));
  const chunks: Uint8Array[] = [];
  for await (const chunk of response.body ?? []) chunks.push(chunk);
  assert.ok(chunks.length > 1);
  assert.is(JSON.parse(Buffer.concat(chunks).toString()).data.length, 3);
});

test('stopMidway and reset end the connection', async () => {
  const begun = await after(stopMidway());
  assert.is(begun.status, 200);
  assert.ok(await failureOf(begun.text()));
  assert.ok(await failureOf(after(reset())));
});

test('hang never answers', async () => {
  platform.next('/logs', hang());
  const controller = new AbortController();
  const asked = ask(controller.signal);
  while (platform.requests.length === 0) await new Promise(setImmediate);
  controller.abort();
  assert.is((await failureOf(asked)).name, 'AbortError');
});

test('brokenJson is none', async () => {
  const response = await after(brokenJson());
  assert.is((await failureOf(response.json())).name, 'SyntaxError');
});

test('wrongTypes has the same rows with other types', async () => {
  const { data } = (await (await after(wrongTypes())).json()) as { data: Record<string, unknown>[] };
  assert.is(data.length, 3);
  assert.type(data[0]?.['body'], 'object');
  assert.ok(Array.isArray(data[0]?.['severity_number']));
});

test('manyRows has as many as that', async () => {
  const { data } = (await (await after(manyRows(2000))).json()) as { data: unknown[] };
  assert.is(data.length, 2000);
});

test('tokens can end in the middle', async () => {
  const token = platform.token();
  const me = () => fetch(`${platform.url}/api/v2/auth/me`, { headers: { authorization: `Bearer ${token}` } });
  assert.is((await me()).status, 200);
  platform.access.endTokens();
  assert.is((await me()).status, 401);
});

test('a skewed clock shows in the date and in health', async () => {
  platform.state.skewMs = 3_600_000;
  const response = await fetch(`${platform.url}/health`);
  const { timestamp } = (await response.json()) as { timestamp: string };
  for (const time of [timestamp, response.headers.get('date') ?? '']) {
    assert.ok(Math.abs(Date.parse(time) - Date.now() - 3_600_000) < 60_000);
  }
});

test.run();
