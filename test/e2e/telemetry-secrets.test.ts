import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { answer, begin, fail } from '../support/anthropic-replies.ts';
import { TEST_API_KEY } from '../support/anthropic-request.ts';
import { AnthropicServer } from '../support/anthropic-server.ts';
import { OtlpCollector } from '../support/otlp/collector.ts';
import { runProduct } from '../support/run-product.ts';
import type { ServerKind } from '../support/server-process.ts';
import { cleanExit, killStartedServers, startServer } from '../support/start-server.ts';

const test = suite('telemetry: secrets');

const api = await AnthropicServer.start();
test.after(async () => {
  killStartedServers();
  await api.close();
});

/** Things that are planted where a client, its files, its model or the configuration have them, by where that is. */
const planted = {
  claudeKey: TEST_API_KEY,
  keySecret: 'tfs_plantedsecret0123456789abcdef',
  header: 'planted-header-value-42',
  variable: 'planted-variable-value-42',
  argument: 'planted-argument-42',
  unknownArgument: 'planted_unknown_argument_42',
  content: 'planted-content-42',
  fileName: 'planted-file-name-42',
  uri: 'planted-uri-42',
  pattern: 'planted-pattern-42',
  expression: 'planted-expression-42',
  program: 'planted program 42',
  commandWord: 'planted-command-word-42',
  output: 'planted-output-42',
  stdin: 'planted-stdin-42',
  prompt: 'planted-prompt-42',
  system: 'planted-system-42',
  answer: 'planted-answer-42',
  refusal: 'planted-refusal-42',
  conversation: 'planted-conversation-42',
  model: 'planted model sk-ant-api03-planted0123456789',
  method: 'planted/method/42',
  tool: 'planted tool 42',
  promptName: 'planted prompt name 42',
  metaMember: 'planted-meta-member-42',
  baggage: 'planted-baggage-42',
  jwt: 'eyJhbGciOiJub25l.eyJzdWIiOiJwbGFudGVk.c2lnbmF0dXJl',
} as const;

const print = (text: string) => [process.execPath, '-e', `console.log(${JSON.stringify(text)})`];

type Step = readonly [method: string, params: object];
const call = (name: string, args: object): Step => ['tools/call', { name, arguments: args }];

/** Every way that one of them can go in, right and wrong. */
const steps: readonly Step[] = [
  call('echo', { message: planted.argument }),
  call('echo', { message: planted.jwt }),
  call('echo', { [planted.unknownArgument]: planted.argument }),
  call(planted.tool, { message: planted.argument }),
  [planted.method, { text: planted.argument }],
  call('write_file', { path: `${planted.fileName}.txt`, content: planted.content }),
  call('write_file', { path: `/${planted.fileName}/none.txt`, content: planted.content }),
  call('read_file', { path: `${planted.fileName}.txt` }),
  call('read_file', { path: `${planted.fileName}-none.txt` }),
  call('list_directory', { path: planted.fileName }),
  call('search_files', { path: '.', pattern: `${planted.pattern}*`, content: planted.expression }),
  call('search_files', { path: '.', pattern: `[${planted.pattern}`, content: `(${planted.expression}` }),
  call('execute_command', {
    argv: print(planted.output),
    stdin: planted.stdin,
    env: { V: planted.variable },
  }),
  call('execute_command', { command: `echo ${planted.commandWord}; exit 7` }),
  call('execute_command', { argv: [planted.program, planted.commandWord] }),
  call('execute_command', { argv: [`/${planted.fileName}/none`, planted.commandWord] }),
  call('claude_conversation', { message: planted.prompt, system_prompt: planted.system }),
  call('claude_conversation', { message: planted.prompt }),
  call('claude_conversation', { message: planted.prompt }),
  call('claude_conversation', { message: planted.prompt, model: planted.model }),
  call('claude_conversation', { message: planted.prompt, conversation_id: planted.conversation }),
  ['resources/read', { uri: `file:///${planted.uri}` }],
  ['resources/read', { uri: `status://${planted.uri}?token=${planted.argument}` }],
  ['resources/read', { uri: 'config://server' }],
  ['resources/read', { uri: 'status://health' }],
  ['prompts/get', { name: 'explain_code', arguments: { code: planted.argument } }],
  ['prompts/get', { name: planted.promptName, arguments: { code: planted.argument } }],
  [
    'completion/complete',
    {
      ref: { type: 'ref/prompt', name: planted.promptName },
      argument: { name: 'x', value: planted.argument },
    },
  ],
  ['logging/setLevel', { level: 'debug' }],
];

const _meta = {
  traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
  baggage: `user=${planted.baggage}`,
  'planted/member': planted.metaMember,
};

for (const [kind, protocol] of [
  ['bundle', 'grpc'],
  ['binary', 'http/protobuf'],
] as const satisfies readonly (readonly [ServerKind, string])[]) {
  test(`${kind}, ${protocol}: nothing that was planted is in logs, spans, metrics or events`, async () => {
    const collector = await OtlpCollector.start();
    const place = mkdtempSync(join(tmpdir(), 'tfo-secrets-'));
    const database = join(place, 'kept.db');
    writeFileSync(join(place, 'given.txt'), `${planted.content} ${planted.expression}`);
    const env = {
      TELEMETRYFLOW_MCP_TELEMETRY_ENABLED: 'true',
      TELEMETRYFLOW_MCP_TELEMETRY_ENDPOINT: collector.endpoint(protocol),
      TELEMETRYFLOW_MCP_TELEMETRY_PROTOCOL: protocol,
      TELEMETRYFLOW_MCP_TELEMETRY_HEADERS: `X-Planted=${planted.header}`,
      TELEMETRYFLOW_API_KEY_ID: 'tfk_1',
      TELEMETRYFLOW_API_KEY_SECRET: planted.keySecret,
      TELEMETRYFLOW_MCP_LOGGING_LEVEL: 'debug',
      TELEMETRYFLOW_MCP_DATABASE_DRIVER: 'sqlite',
      TELEMETRYFLOW_MCP_DATABASE_PATH: database,
      ANTHROPIC_API_KEY: TEST_API_KEY,
      ANTHROPIC_BASE_URL: api.url,
      PLANTED: planted.variable,
    };
    const server = startServer(kind, { cwd: place, env });
    await server.initialize();
    api.next(
      answer(planted.answer),
      fail(400, 'invalid_request_error', { message: planted.refusal }),
      begin(planted.answer, ({ response }) => void response.destroy()),
    );
    for (const [index, [method, params]] of steps.entries())
      await server.request(index, method, { ...params, _meta });
    assert.equal(await server.close(), cleanExit, server.stderr);
    await collector.die();

    for (const value of [planted.argument, planted.content, planted.output, planted.answer, planted.refusal])
      assert.ok(server.lines.join('\n').includes(value), `the client is told ${value}`);
    const events = runProduct(['events', '--json'], env, kind).stdout;
    assert.ok(events.split('\n').length > steps.length / 2, events);
    const told: Readonly<Record<string, string>> = {
      log: server.stderr,
      events,
      ...Object.fromEntries(
        (['traces', 'metrics', 'logs'] as const).map((signal) => [
          signal,
          JSON.stringify(collector.accepted(signal), (_, value) =>
            typeof value === 'bigint' ? String(value) : value,
          ),
        ]),
      ),
    };
    for (const signal of ['traces', 'metrics', 'logs']) assert.ok((told[signal] ?? '').length > 1000, signal);
    const leaks = Object.entries(told).flatMap(([where, text]) =>
      [...Object.values(planted), place]
        .filter((value) => text.includes(value))
        .map(
          (value) =>
            `${value} in ${where}: …${text.slice(Math.max(text.indexOf(value) - 100, 0)).slice(0, 200)}`,
        ),
    );
    assert.equal(leaks, []);
    rmSync(place, { recursive: true });
  });
}

test.run();
