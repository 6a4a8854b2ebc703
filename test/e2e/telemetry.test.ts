import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { HttpClient, HttpSession } from '../support/http-client.ts';
import { killNetworkServers, NetworkServer } from '../support/network-server.ts';
import { OtlpCollector } from '../support/otlp/collector.ts';
import type { ReceivedItem } from '../support/otlp/messages.ts';
import { ServerProcess } from '../support/server-process.ts';
import { authorityPath, clientTls, localhostTls } from '../support/tls-fixture.ts';

const test = suite('telemetry of the product');

test.after(killNetworkServers);

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const CALLER = 'b7ad6b7169203331';
const traceparent = (flags: string) => `00-${TRACE}-${CALLER}-${flags}`;

function environmentFor(collector: OtlpCollector, protocol: 'grpc' | 'http/protobuf') {
  return {
    TELEMETRYFLOW_MCP_TELEMETRY_ENABLED: 'true',
    TELEMETRYFLOW_MCP_TELEMETRY_ENDPOINT: collector.endpoint(protocol),
    TELEMETRYFLOW_MCP_TELEMETRY_PROTOCOL: protocol,
  };
}

function spanOf(collector: OtlpCollector, id: string | number): ReceivedItem {
  const found = collector
    .accepted('traces')
    .find(({ attributes }) => attributes['jsonrpc.request.id'] === String(id));
  assert.ok(found, `a span of request ${id}`);
  return found as ReceivedItem;
}

/** Without what differs from run to run. */
function factsOf({ name, kind, status, attributes, parentSpanId }: ReceivedItem) {
  return { name, kind, status, attributes, ...(parentSpanId && { parentSpanId }) };
}

const SERVER = 2;
const OK = { code: 0 };

for (const protocol of ['grpc', 'http/protobuf'] as const) {
  for (const kind of ['binary', 'bundle'] as const) {
    test(`the ${kind} tells each request on stdio by a span, over ${protocol}, until its end`, async () => {
      const collector = await OtlpCollector.start();
      const server = new ServerProcess(kind, { env: environmentFor(collector, protocol) });
      await server.initialize();
      await server.request(1, 'tools/call', {
        name: 'echo',
        arguments: { message: 'secret-argument' },
        _meta: { traceparent: traceparent('01'), tracestate: 'vendor=1' },
      });
      await server.request(2, 'tools/call', { name: 'echo', arguments: { massage: 'secret-argument' } });
      await server.request(3, 'resources/read', { uri: 'status://health' });
      await server.request(4, 'resources/read', { uri: 'file:///secret-argument' });
      await server.request(5, 'prompts/get', {
        name: 'explain_code',
        arguments: { code: 'secret-argument' },
      });
      await server.request(6, 'secret/argument');
      await server.request('seven', 'tools/list');
      await server.request(8, 'tools/call', { name: 'secret argument', arguments: {} });
      const unsampled = { traceparent: traceparent('00') };
      await server.request(9, 'tools/call', { name: 'echo', arguments: { message: 'x' }, _meta: unsampled });
      assert.equal(await server.close(), { code: 0, signal: null });

      const spans = collector.accepted('traces');
      assert.is(
        spans.filter(({ kind }) => kind === SERVER).length,
        9,
        'initialize and eight more: the client wants the last one not traced',
      );
      const session = spanOf(collector, 1).attributes['mcp.session.id'];
      assert.match(String(session), /^[0-9a-f-]{36}$/);
      const common = {
        'network.transport': 'pipe',
        'mcp.protocol.version': '2025-11-25',
        'mcp.session.id': session,
      };
      const tool = (name: string) => ({
        'mcp.method.name': 'tools/call',
        'gen_ai.operation.name': 'execute_tool',
        'gen_ai.tool.name': name,
      });
      const failed = (type: string, code?: string) => ({
        'error.type': type,
        ...(code && { 'rpc.response.status_code': type }),
      });
      assert.equal(factsOf(spanOf(collector, 1)), {
        name: 'tools/call echo',
        kind: SERVER,
        status: OK,
        parentSpanId: CALLER,
        attributes: { ...common, ...tool('echo'), 'jsonrpc.request.id': '1' },
      });
      assert.equal([spanOf(collector, 1).traceId, spanOf(collector, 1)['traceState']], [TRACE, 'vendor=1']);
      const others: readonly [number | string, string, object, object?][] = [
        [2, 'tools/call echo', { ...tool('echo'), ...failed('tool_error') }, { code: 2 }],
        [3, 'resources/read', { 'mcp.method.name': 'resources/read', 'mcp.resource.uri': 'status://health' }],
        [
          4,
          'resources/read',
          {
            'mcp.method.name': 'resources/read',
            'mcp.resource.uri': 'file:{…}',
            ...failed('-32602', 'path.outside'),
          },
          { code: 2, message: 'path.outside' },
        ],
        [
          5,
          'prompts/get explain_code',
          { 'mcp.method.name': 'prompts/get', 'gen_ai.prompt.name': 'explain_code' },
        ],
        [
          6,
          '_OTHER',
          { 'mcp.method.name': '_OTHER', ...failed('-32601', 'method.not-found') },
          { code: 2, message: 'method.not-found' },
        ],
        ['seven', 'tools/list', { 'mcp.method.name': 'tools/list' }],
        [
          8,
          'tools/call',
          { ...tool('_OTHER'), ...failed('-32001', 'tool.not-found') },
          { code: 2, message: 'tool.not-found' },
        ],
      ];
      for (const [id, name, attributes, status = OK] of others) {
        assert.equal(factsOf(spanOf(collector, id)), {
          name,
          kind: SERVER,
          status,
          attributes: { ...common, ...attributes, 'jsonrpc.request.id': String(id) },
        });
      }
      const { resource } = spanOf(collector, 'init');
      assert.is(resource['service.name'], 'tfo-mcp');
      assert.match(String(resource['service.instance.id']), /^[0-9a-f-]{36}$/);
      const all = JSON.stringify(spans, (_, value) => (typeof value === 'bigint' ? String(value) : value));
      assert.not.match(all, /secret/);
      await collector.die();
    });
  }
}

test('a cancelled request ends its span as that', async () => {
  const collector = await OtlpCollector.start();
  const server = new ServerProcess('bundle', { env: environmentFor(collector, 'grpc') });
  await server.initialize();
  server.send({
    jsonrpc: '2.0',
    id: 1,
    method: 'tools/call',
    params: { name: 'execute_command', arguments: { command: 'sleep 60' } },
  });
  server.send({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 1 } });
  await server.request(2, 'ping');
  await server.close();
  assert.is(spanOf(collector, 1).attributes['error.type'], 'cancelled');
  await collector.die();
});

test('over HTTP, a request of either era is told with the trace of HTTP as a link', async () => {
  const collector = await OtlpCollector.start();
  const server = await NetworkServer.start({
    kind: 'bundle',
    env: environmentFor(collector, 'http/protobuf'),
  });
  const client = new HttpClient(server.port);
  const headers = { traceparent: `00-${'c'.repeat(32)}-${'d'.repeat(16)}-01` };
  const _meta = { traceparent: traceparent('01') };
  const session = await HttpSession.open(client);
  const legacy = await session.post(
    { jsonrpc: '2.0', id: 1, method: 'tools/list', params: { _meta } },
    headers,
  );
  const modern = await client.modern('tools/list', { _meta }, { id: 2, headers });
  await Promise.all([legacy.ended, modern.ended]);
  await server.stop();
  for (const [id, version] of [
    [1, '2025-11-25'],
    [2, '2026-07-28'],
  ] as const) {
    const span = spanOf(collector, id);
    assert.equal([span.traceId, span.parentSpanId], [TRACE, CALLER]);
    assert.equal(span['links'], [
      { traceId: 'c'.repeat(32), spanId: 'd'.repeat(16), dropped: 0, flags: 0x301 },
    ]);
    const { attributes } = span;
    assert.equal([attributes['network.transport'], attributes['mcp.protocol.version']], ['tcp', version]);
    assert.is(attributes['mcp.session.id'], id === 1 ? session.id : undefined);
  }
  await collector.die();
});

for (const protocol of ['grpc', 'http/protobuf'] as const) {
  test(`over ${protocol}: authorities of NODE_EXTRA_CA_CERTS are trusted, beside that of a file`, async () => {
    const collector = await OtlpCollector.start({ tls: localhostTls });
    for (const more of [{}, { TELEMETRYFLOW_MCP_TELEMETRY_CA_FILE: clientTls.authorityPath }]) {
      const env = { ...environmentFor(collector, protocol), NODE_EXTRA_CA_CERTS: authorityPath, ...more };
      const server = new ServerProcess('bundle', { env });
      await server.initialize();
      await server.close();
      assert.is(server.stderr, '');
    }
    assert.is(collector.accepted('traces').length, 2);
    await collector.die();
  });
}

test('a collector that is not there is told in the log and in status://health, and delays no stop', async () => {
  const collector = await OtlpCollector.start();
  const environment = environmentFor(collector, 'grpc');
  await collector.die();
  const server = new ServerProcess('bundle', {
    env: { ...environment, TELEMETRYFLOW_MCP_TELEMETRY_BATCH_TIMEOUT_MS: '1' },
  });
  await server.initialize();
  let health: { status?: string; backends: Record<string, unknown>[] } = { backends: [] };
  for (let id = 1; health.status !== 'degraded'; id += 1) {
    const { result } = await server.request(id, 'resources/read', { uri: 'status://health' });
    health = JSON.parse(result.contents[0].text);
  }
  const traces = health.backends.find(({ name }) => name === 'telemetry.traces');
  assert.match(
    String(traces?.['reason']),
    /^The collector at http:\/\/127\.0\.0\.1:\d+ takes nothing: nobody listens there/,
  );
  assert.equal([traces?.['state'], traces?.['dropped']], ['down', 0]);
  assert.equal(await server.close(), { code: 0, signal: null });
  assert.match(server.stderr, /"message":"Telemetry is not taken"/);
  assert.match(server.stderr, /"message":"Telemetry was dropped","signal":"traces","count":\d+/);
});

test.run();
