import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { TEST_API_KEY } from '../support/anthropic-request.ts';
import { AnthropicServer } from '../support/anthropic-server.ts';
import { OtlpCollector } from '../support/otlp/collector.ts';
import { ServerProcess } from '../support/server-process.ts';

const test = suite('metrics of the product');

type Attributes = Readonly<Record<string, unknown>>;

function environmentFor(collector: OtlpCollector, protocol: 'grpc' | 'http/protobuf') {
  return {
    TELEMETRYFLOW_MCP_TELEMETRY_ENABLED: 'true',
    TELEMETRYFLOW_MCP_TELEMETRY_ENDPOINT: collector.endpoint(protocol),
    TELEMETRYFLOW_MCP_TELEMETRY_PROTOCOL: protocol,
    TELEMETRYFLOW_MCP_TELEMETRY_METRICS_INTERVAL: '3600',
  };
}

/** Counts of an instrument that was exported once, with the attributes that each is of. */
function countsOf(collector: OtlpCollector, name: string): readonly [Attributes, number][] {
  const found = collector.accepted('metrics').filter((metric) => metric.name === name);
  assert.ok(found.length <= 1, `${name} is exported once`);
  const points = (found[0]?.histogram ?? found[0]?.sum)?.points ?? [];
  return points.map(({ attributes, count, value }) => [attributes as Attributes, Number(count ?? value)]);
}

const common = { 'mcp.protocol.version': '2025-11-25', 'network.transport': 'pipe' };
const tool = (name: string, more: object = {}) => ({
  'mcp.method.name': 'tools/call',
  'gen_ai.tool.name': name,
  ...more,
  ...common,
});

const MCP_BOUNDS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 120, 300];

const byText = (one: unknown, other: unknown) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1);

async function callEverything(server: ServerProcess): Promise<void> {
  await server.initialize();
  const echo = { name: 'echo', arguments: { message: 'secret-argument' } };
  for (const id of [1, 2, 3]) await server.request(id, 'tools/call', echo);
  await server.request(4, 'tools/call', { name: 'echo', arguments: { massage: 'x' } });
  await server.request(5, 'tools/call', { name: 'secret-name', arguments: {} });
  await server.request(6, 'resources/read', { uri: 'status://health' });
  await server.request(7, 'resources/read', { uri: 'file:///secret-path' });
  await server.request(8, 'prompts/get', { name: 'explain_code', arguments: { code: 'x' } });
  await server.request(9, 'prompts/get', { name: 'secret-name' });
  await server.request(10, 'secret/method');
}

for (const protocol of ['grpc', 'http/protobuf'] as const) {
  for (const kind of ['binary', 'bundle'] as const) {
    test(`the ${kind} counts and times each request, over ${protocol}`, async () => {
      const collector = await OtlpCollector.start();
      const server = new ServerProcess(kind, { env: environmentFor(collector, protocol) });
      await callEverything(server);
      assert.equal(await server.close(), { code: 0, signal: null });

      const expected: [Attributes, number][] = [
        [{ 'mcp.method.name': 'initialize', ...common }, 1],
        [tool('echo'), 3],
        [tool('echo', { 'error.type': 'tool_error' }), 1],
        [tool('_OTHER', { 'error.type': '-32001' }), 1],
        [{ 'mcp.method.name': 'resources/read', ...common }, 1],
        [{ 'mcp.method.name': 'resources/read', 'error.type': '-32602', ...common }, 1],
        [{ 'mcp.method.name': 'prompts/get', 'gen_ai.prompt.name': 'explain_code', ...common }, 1],
        [
          {
            'mcp.method.name': 'prompts/get',
            'gen_ai.prompt.name': '_OTHER',
            'error.type': '-32003',
            ...common,
          },
          1,
        ],
        [{ 'mcp.method.name': '_OTHER', 'error.type': '-32601', ...common }, 1],
      ];
      assert.equal(
        [...countsOf(collector, 'mcp.server.operation.duration')].sort(byText),
        expected.sort(byText),
      );
      const metrics = collector.accepted('metrics');
      const duration = metrics.find(({ name }) => name === 'mcp.server.operation.duration');
      assert.equal([duration?.['unit'], duration?.scope], ['s', 'tfo-mcp']);
      for (const point of duration?.histogram?.points ?? []) {
        assert.equal(point['bounds'], MCP_BOUNDS);
        const counts = (point['buckets'] as (number | bigint)[]).map(Number);
        assert.is(
          counts.reduce((sum, count) => sum + count),
          Number(point['count']),
        );
        assert.ok(Number(point['min']) > 0 && Number(point['max']) <= Number(point['sum']));
      }
      assert.equal(countsOf(collector, 'mcp.server.session.duration'), [[common, 1]]);
      const names = new Set(metrics.map(({ name }) => name));
      for (const name of [
        'nodejs.eventloop.time',
        'process.cpu.time',
        'process.memory.usage',
        'v8js.memory.heap.used',
        'v8js.gc.duration',
      ])
        assert.ok(names.has(name), name);
      assert.not([...names].some((name) => /^mcp\.(tools|resources|prompts|sessions)/.test(String(name))));
      const all = JSON.stringify(metrics, (_, value) => (typeof value === 'bigint' ? String(value) : value));
      assert.not.match(all, /secret/);
      await collector.die();
    });
  }
}

test('the older servers’ names tell the same, where they are wanted', async () => {
  const collector = await OtlpCollector.start();
  const env = {
    ...environmentFor(collector, 'grpc'),
    TELEMETRYFLOW_MCP_TELEMETRY_LEGACY_NAMES: 'true',
  };
  const server = new ServerProcess('bundle', { env });
  await callEverything(server);
  await server.close();
  const sorted = (name: string) => [...countsOf(collector, name)].sort(byText);
  assert.equal(sorted('mcp.tools.calls'), [
    [{ 'tool.name': '_OTHER', success: false }, 1],
    [{ 'tool.name': 'echo', success: false }, 1],
    [{ 'tool.name': 'echo', success: true }, 3],
  ]);
  assert.equal(sorted('mcp.tools.duration'), [
    [{ 'tool.name': '_OTHER' }, 1],
    [{ 'tool.name': 'echo' }, 4],
  ]);
  assert.equal(sorted('mcp.tools.errors'), [
    [{ 'tool.name': '_OTHER', 'error.type': '-32001' }, 1],
    [{ 'tool.name': 'echo', 'error.type': 'tool_error' }, 1],
  ]);
  assert.equal(sorted('mcp.resources.reads'), [
    [{ success: false }, 1],
    [{ success: true }, 1],
  ]);
  assert.equal(sorted('mcp.prompts.gets'), [
    [{ 'prompt.name': '_OTHER', success: false }, 1],
    [{ 'prompt.name': 'explain_code', success: true }, 1],
  ]);
  assert.equal(sorted('mcp.sessions.events'), [
    [{ event: 'closed' }, 1],
    [{ event: 'created' }, 1],
  ]);
  await collector.die();
});

test('a flood of made-up names makes one series', async () => {
  const collector = await OtlpCollector.start();
  const server = new ServerProcess('bundle', { env: environmentFor(collector, 'http/protobuf') });
  await server.initialize();
  const MANY = 1000;
  for (let id = 0; id < MANY; id += 1)
    await server.request(id, 'tools/call', { name: `tool_${id}`, arguments: {} });
  await server.close();
  const flooded = countsOf(collector, 'mcp.server.operation.duration').filter(
    ([attributes]) => attributes['mcp.method.name'] === 'tools/call',
  );
  assert.equal(flooded, [[tool('_OTHER', { 'error.type': '-32001' }), MANY]]);
  await collector.die();
});

test('a call of Claude is timed, and its tokens are counted', async () => {
  const collector = await OtlpCollector.start();
  const anthropic = await AnthropicServer.start();
  const env = {
    ...environmentFor(collector, 'grpc'),
    ANTHROPIC_API_KEY: TEST_API_KEY,
    ANTHROPIC_BASE_URL: anthropic.url,
  };
  const server = new ServerProcess('bundle', { env });
  await server.initialize();
  const ask = (id: number, more: object = {}) =>
    server.request(id, 'tools/call', {
      name: 'claude_conversation',
      arguments: { message: 'secret-argument', ...more },
    });
  const answered = await ask(1);
  assert.not(answered.result.isError, JSON.stringify(answered));
  await ask(2, { model: 'made-up-model' });
  await server.close();
  const model = {
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'anthropic',
    'gen_ai.request.model': 'claude-sonnet-5-5',
    'gen_ai.response.model': 'claude-sonnet-5-5',
  };
  const calls = countsOf(collector, 'gen_ai.client.operation.duration');
  const { 'gen_ai.request.model': _, 'gen_ai.response.model': __, ...chat } = model;
  assert.equal(calls, [
    [model, 1],
    [{ ...chat, 'gen_ai.request.model': '_OTHER', 'error.type': 'claude.model-not-found' }, 1],
  ]);
  const tokens = collector.accepted('metrics').find(({ name }) => name === 'gen_ai.client.token.usage');
  const usage = Object.fromEntries(
    (tokens?.histogram?.points ?? []).map((point) => [
      (point['attributes'] as Attributes)['gen_ai.token.type'],
      point['sum'],
    ]),
  );
  const told = answered.result.structuredContent?.usage ?? {};
  assert.equal(usage, { input: told.input_tokens, output: told.output_tokens });
  await anthropic.close();
  await collector.die();
});

test('nothing is measured where metrics are off', async () => {
  const collector = await OtlpCollector.start();
  const env = {
    ...environmentFor(collector, 'grpc'),
    TELEMETRYFLOW_MCP_TELEMETRY_ENABLE_METRICS: 'false',
  };
  const server = new ServerProcess('bundle', { env });
  await server.initialize();
  await server.close();
  assert.equal(collector.accepted('metrics'), []);
  assert.is(collector.accepted('traces').length, 1);
  await collector.die();
});

test.run();
