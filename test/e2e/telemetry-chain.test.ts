import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { begin, fail, hang } from '../support/anthropic-replies.ts';
import { TEST_API_KEY } from '../support/anthropic-request.ts';
import { AnthropicServer } from '../support/anthropic-server.ts';
import { OtlpCollector } from '../support/otlp/collector.ts';
import type { ReceivedItem } from '../support/otlp/messages.ts';
import type { Frame, ServerKind } from '../support/server-process.ts';
import { cleanExit, killStartedServers, startServer } from '../support/start-server.ts';
import { sendEvents, start, stop, text } from '../support/wrong-answers.ts';

const test = suite('telemetry: what a request leads to');

const api = await AnthropicServer.start();
test.before.each(() => {
  api.requests.length = 0;
});
test.after(async () => {
  killStartedServers();
  await api.close();
});

type Protocol = 'grpc' | 'http/protobuf';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const CALLER = 'b7ad6b7169203331';
const CLIENT = 3;
const INTERNAL = 1;
const ERROR = { code: 2 };

interface Answered {
  /** Results of the calls, in order. */
  readonly results: readonly Frame[];
  readonly spans: readonly ReceivedItem[];
  readonly logs: readonly ReceivedItem[];
  readonly stderr: string;
  /** Everything that left the process but the answers: exports, and the log. */
  readonly told: string;
  readonly directory: string;
}

type Call = readonly [name: string, args: object];

interface Wanted {
  readonly kind?: ServerKind;
  readonly protocol?: Protocol;
  readonly env?: Record<string, string>;
  readonly flags?: string;
  /** In the allowed directory. */
  readonly files?: Readonly<Record<string, string>>;
}

const environmentFor = (collector: OtlpCollector, protocol: Protocol) => ({
  TELEMETRYFLOW_MCP_TELEMETRY_ENABLED: 'true',
  TELEMETRYFLOW_MCP_TELEMETRY_ENDPOINT: collector.endpoint(protocol),
  TELEMETRYFLOW_MCP_TELEMETRY_PROTOCOL: protocol,
  TELEMETRYFLOW_MCP_LOGGING_LEVEL: 'debug',
  ANTHROPIC_API_KEY: TEST_API_KEY,
  ANTHROPIC_BASE_URL: api.url,
});

/** The calls one after the other, each with the trace of a caller, in a server that exports all that it does. */
async function answered(calls: readonly Call[], wanted: Wanted = {}): Promise<Answered> {
  const { kind = 'bundle', protocol = 'grpc', env = {}, flags = '01', files = {} } = wanted;
  const collector = await OtlpCollector.start();
  const directory = mkdtempSync(join(tmpdir(), 'tfo-chain-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
  const server = startServer(kind, {
    cwd: directory,
    env: { ...environmentFor(collector, protocol), ...env },
  });
  await server.initialize();
  const _meta = { traceparent: `00-${TRACE}-${CALLER}-${flags}`, tracestate: 'vendor=1' };
  const results: Frame[] = [];
  for (const [name, args] of calls) {
    const { result, error } = await server.request(results.length + 1, 'tools/call', {
      name,
      arguments: args,
      _meta,
    });
    results.push(result ?? error);
  }
  assert.equal(await server.close(), cleanExit, server.stderr);
  await collector.die();
  rmSync(directory, { recursive: true });
  const exported = JSON.stringify(collector.received, (_, value) =>
    typeof value === 'bigint' ? String(value) : value,
  );
  return {
    results,
    directory,
    spans: collector.accepted('traces'),
    logs: collector.accepted('logs'),
    stderr: server.stderr,
    told: `${exported}\n${server.stderr}`,
  };
}

function only(spans: readonly ReceivedItem[], name: string): ReceivedItem {
  const found = spans.filter((span) => span.name === name);
  assert.is(found.length, 1, `${name} among ${spans.map((span) => span.name).join(', ')}`);
  return found[0] as ReceivedItem;
}

const headerOf = ({ spanId }: ReceivedItem) => `00-${TRACE}-${spanId}-01`;

const printsTrace: Call = [
  'execute_command',
  { argv: [process.execPath, '-p', 'process.env.TRACEPARENT + " " + process.env.TRACESTATE'] },
];

for (const [kind, protocol] of [
  ['bundle', 'grpc'],
  ['bundle', 'http/protobuf'],
  ['binary', 'grpc'],
  ['binary', 'http/protobuf'],
] as const) {
  test(`${kind}, ${protocol}: a trace goes from the client through the server to a command and to Claude`, async () => {
    const env = { TRACEPARENT: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`, TRACESTATE: 'of=the-host' };
    const usage = { input_tokens: 3, cache_creation_input_tokens: 2, cache_read_input_tokens: 11 };
    api.next(sendEvents(start({ model: 'claude-answering', usage }), ...text, ...stop()));
    const calls: Call[] = [printsTrace, ['claude_conversation', { message: 'Hello', temperature: 0.5 }]];
    const { results, spans } = await answered(calls, { kind, protocol, env });
    for (const span of spans) if (span.parentSpanId !== undefined) assert.is(span.traceId, TRACE);

    const called = only(spans, 'tools/call execute_command');
    const command = only(spans, 'node');
    assert.is(called.parentSpanId, CALLER);
    assert.is(command.parentSpanId, called.spanId);
    assert.is(results[0].structuredContent.stdout.trim(), `${headerOf(command)} vendor=1`);
    assert.equal(
      [command['kind'], command.attributes],
      [INTERNAL, { 'process.executable.name': 'node', 'process.exit.code': 0 }],
    );

    const [model] = api.messageBodies.map((body) => body.model);
    const chat = only(spans, `chat ${model}`);
    assert.is(chat.parentSpanId, only(spans, 'tools/call claude_conversation').spanId);
    const [{ headers }] = api.requests as [(typeof api.requests)[number]];
    assert.equal([headers['traceparent'], headers['tracestate']], [headerOf(chat), 'vendor=1']);
    const { 'gen_ai.response.time_to_first_chunk': firstChunk, ...facts } = chat.attributes;
    assert.ok(typeof firstChunk === 'number' && firstChunk > 0);
    assert.is(chat['kind'], CLIENT);
    assert.equal(facts, {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'anthropic',
      'server.address': '127.0.0.1',
      'server.port': Number(new URL(api.url).port),
      'gen_ai.request.model': model,
      'gen_ai.request.max_tokens': 4096,
      'gen_ai.request.temperature': 0.5,
      'gen_ai.request.stream': true,
      'gen_ai.response.model': 'claude-answering',
      'gen_ai.response.finish_reasons': ['end_turn'],
      'gen_ai.usage.input_tokens': 16,
      'gen_ai.usage.output_tokens': 5,
      'gen_ai.usage.cache_creation.input_tokens': 2,
      'gen_ai.usage.cache_read.input_tokens': 11,
    });
  });
}

test('what is not traced is passed on as that, and leaves no span', async () => {
  const { results, spans } = await answered([printsTrace], { flags: '00' });
  assert.match(results[0].structuredContent.stdout, new RegExp(`^00-${TRACE}-[0-9a-f]{16}-00 vendor=1`));
  assert.equal(
    spans.map(({ name }) => name),
    ['initialize'],
  );
});

test('a trace that the call itself gives to its command stays', async () => {
  const TRACEPARENT = `00-${'c'.repeat(32)}-${'d'.repeat(16)}-01`;
  const [name, args] = printsTrace;
  const { results } = await answered([[name, { ...args, env: { TRACEPARENT } }]]);
  assert.match(results[0].structuredContent.stdout, TRACEPARENT);
});

const script = (text: string): object => ({ argv: [process.execPath, '-e', text] });

for (const [what, call, name, attributes] of [
  [
    'a command that fails',
    ['execute_command', script('process.exit(3)')],
    'node',
    { 'process.executable.name': 'node', 'process.exit.code': 3, 'error.type': '3' },
  ],
  [
    'a command that takes too long',
    ['execute_command', { ...script('setTimeout(() => {}, 60000)'), timeout: 0.5 }],
    'node',
    { 'process.executable.name': 'node', 'error.type': 'timeout' },
  ],
  [
    'a command that is not there',
    ['execute_command', { argv: ['/no such program'] }],
    '_OTHER',
    { 'process.executable.name': '_OTHER', 'error.type': 'command.not-found' },
  ],
  [
    'a file that is not there',
    ['read_file', { path: 'none.txt' }],
    'read file',
    { 'error.type': 'file.not-found' },
  ],
] as const satisfies readonly (readonly [string, Call, string, object])[]) {
  test(`${what} ends its span as that`, async () => {
    const { spans } = await answered([call]);
    const span = only(spans, name);
    assert.equal([span.attributes, span['status']], [attributes, ERROR]);
  });
}

test('Claude’s refusal ends its span as that', async () => {
  api.next(fail(400, 'invalid_request_error'));
  const { spans } = await answered([['claude_conversation', { message: 'Hello' }]]);
  const span = spans.find(({ name }) => name?.startsWith('chat '));
  assert.equal([span?.attributes['error.type'], span?.['status']], ['claude.invalid-request', ERROR]);
});

test('an answer of Claude that nobody waits for any more ends its span as that', async () => {
  const collector = await OtlpCollector.start();
  const server = startServer('bundle', { env: environmentFor(collector, 'grpc') });
  await server.initialize();
  api.next(begin('Well, ', hang));
  server.send({
    jsonrpc: '2.0',
    id: 1,
    method: 'tools/call',
    params: {
      name: 'claude_conversation',
      arguments: { message: 'Hello' },
      _meta: { progressToken: 'p' },
    },
  });
  await server.until(({ method }) => method === 'notifications/progress', 'the beginning of the answer');
  server.send({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 1 } });
  await api.requests[0]?.aborted;
  assert.equal(await server.close(), cleanExit, server.stderr);
  const span = collector.accepted('traces').find(({ name }) => name?.startsWith('chat '));
  assert.is(span?.attributes['error.type'], 'cancelled');
  assert.ok(Number(span?.attributes['gen_ai.response.time_to_first_chunk']) > 0);
  await collector.die();
});

test('work on files and in the database is told below its request', async () => {
  const calls: Call[] = [
    ['write_file', { path: 'new.txt', content: 'twelve bytes' }],
    ['read_file', { path: 'new.txt' }],
    ['list_directory', { path: '.' }],
    ['search_files', { path: '.', pattern: '*.txt' }],
    ['claude_conversation', { message: 'Hello' }],
  ];
  const { spans } = await answered(calls, { env: { TELEMETRYFLOW_MCP_DATABASE_DRIVER: 'sqlite' } });
  const below = (tool: string) => {
    const { spanId } = only(spans, `tools/call ${tool}`);
    return spans
      .filter(({ parentSpanId, name }) => parentSpanId === spanId && !name?.startsWith('chat '))
      .map(({ name, attributes }) => [name, attributes]);
  };
  assert.equal(below('write_file').at(-1), ['write file', { 'file.size': 12 }]);
  assert.equal(below('read_file'), [['read file', { 'file.size': 12 }]]);
  assert.equal(below('list_directory'), [['list directory', { 'tfo_mcp.entries': 1 }]]);
  assert.equal(below('search_files'), [['search files', { 'tfo_mcp.matches': 1 }]]);
  const ofDatabase = {
    'db.system.name': 'sqlite',
    'db.operation.name': 'commit',
    'db.collection.name': 'conversation',
  };
  assert.equal(below('claude_conversation').at(-1), ['commit conversation', ofDatabase]);
});

test('lines of the log are exported as they are written, each in the span that it belongs to', async () => {
  const { spans, logs, stderr } = await answered([
    ['claude_conversation', { message: 'Hello', model: 'claude-of-tomorrow' }],
  ]);
  const written = stderr
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));
  const request = only(spans, 'tools/call claude_conversation');
  const words = 'Model "claude-of-tomorrow" is not one that this version knows; it is asked for all the same';
  const told = logs.find(({ body }) => body === words);
  assert.equal(
    [told?.['severityNumber'], told?.['severityText'], told?.traceId, told?.spanId],
    [13, 'WARN', request.traceId, request.spanId],
  );
  const done = logs.find(({ attributes }) => attributes['traceparent'] === headerOf(request));
  assert.equal([done?.['severityNumber'], done?.spanId], [5, request.spanId]);
  const untold = ['OpenTelemetry', 'Telemetry is not taken'];
  assert.equal(
    logs.map(({ body, severityText, attributes }) => [body, severityText, Object.keys(attributes).sort()]),
    written
      .filter(({ message }) => !untold.includes(message))
      .map(({ time: _, level, message, ...fields }) => [
        message,
        level.toUpperCase(),
        Object.keys(fields).sort(),
      ]),
  );
});

test('what is kept in memory only is no database’s', async () => {
  const env = { TELEMETRYFLOW_MCP_DATABASE_DRIVER: 'memory' };
  const { spans } = await answered([['claude_conversation', { message: 'Hello' }]], { env });
  assert.equal(
    spans.filter(({ attributes }) => 'db.system.name' in attributes),
    [],
  );
});

test.run();
