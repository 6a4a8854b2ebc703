import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { OpenConnections } from '../../../src/presentation/transport/http/connections/open-connections.ts';
import { HttpTransport } from '../../../src/presentation/transport/http/http-transport.ts';
import { type Check, probes } from '../../../src/presentation/transport/http/plain/probes.ts';
import { HttpClient } from '../../support/http-client.ts';

const test = suite('network: probes');

let checks: readonly Check[] = [];
let isAccepting = true;
const transport = new HttpTransport({
  host: '127.0.0.1',
  port: 0,
  allowed: { hosts: [], origins: [] },
  endpoints: probes({ isAccepting: () => isAccepting, checks: () => checks }),
  upgrades: new Map(),
  connections: new OpenConnections(),
  onRefused: () => undefined,
  onFailure: (error) => {
    throw error;
  },
});
const client = new HttpClient((await transport.listen()).port);
test.after(() => transport.close({ drain: Promise.resolve(), exit: Promise.resolve() }));
test.before.each(() => {
  checks = [];
  isAccepting = true;
});

async function ask(path: string, method = 'GET') {
  const answer = await client.ask({ method, path });
  await answer.ended;
  return answer;
}

for (const path of ['/healthz', '/readyz']) {
  test(`${path} says 503 while one thing behind the server is down, and which`, async () => {
    checks = [
      { name: 'redis', isUp: true },
      { name: 'postgres', isUp: false },
    ];
    const brief = await ask(path);
    assert.equal([brief.status, brief.text], [503, 'unavailable\n']);
    const verbose = await ask(`${path}?verbose`);
    assert.is(verbose.status, 503);
    assert.equal(JSON.parse(verbose.text), {
      status: 'unavailable',
      checks: [
        { name: 'accepting', status: 'ok' },
        { name: 'redis', status: 'ok' },
        { name: 'postgres', status: 'unavailable' },
      ],
    });
    assert.is((await ask('/livez')).status, 200);
  });

  test(`${path} says 503 while no new work is taken`, async () => {
    isAccepting = false;
    const { status, text } = await ask(`${path}?verbose`);
    assert.equal([status, JSON.parse(text).checks], [503, [{ name: 'accepting', status: 'unavailable' }]]);
    assert.is((await ask('/livez')).status, 200);
  });
}

test('the health probe is asked by HEAD too, by nothing else, and at length only when told to', async () => {
  const head = await ask('/readyz', 'HEAD');
  assert.equal([head.status, head.text], [200, '']);
  const post = await ask('/readyz', 'POST');
  assert.equal([post.status, post.headers.allow], [405, 'GET, HEAD']);
  for (const [query, isVerbose] of [
    ['?a=1&verbose', true],
    ['?verbose=1', true],
    ['?not=verbose', false],
    ['?verbosely', false],
  ] as const)
    assert.is((await ask(`/readyz${query}`)).text !== 'ok\n', isVerbose, query);
});

test.run();
