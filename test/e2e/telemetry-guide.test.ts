import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { commandLines, snippets } from '../support/documents.ts';
import { OtlpCollector } from '../support/otlp/collector.ts';
import { withOwnState } from '../support/own-state.ts';
import { serverCommand } from '../support/server-process.ts';

const test = suite('telemetry, as the guide has it');

const GUIDE = 'src/guides/telemetry.md';

/** The guide's configurations, in its order. */
const [toTelemetryFlow = '', toCollector = ''] = snippets()
  .filter(({ document, language }) => document === GUIDE && language === 'yaml')
  .map(({ text }) => text);

const [trial = ''] = commandLines()
  .filter(({ document, language }) => document === GUIDE && language === 'sh')
  .map(({ text }) => text);

/** Runs what the guide says to try, with one of its configurations. @returns what it wrote to stderr */
async function tryIt(configuration: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'tfo-guide-'));
  const file = join(folder, 'tfo-mcp.yaml');
  writeFileSync(file, configuration, { mode: 0o600 });
  const { command, args } = serverCommand('binary');
  const [program, ...words] = trial.split(' ');
  assert.is(program, 'tfo-mcp');
  const { stderr } = await promisify(execFile)(command, [...args, ...words, '--config', file], {
    cwd: folder,
    env: withOwnState({}),
  });
  rmSync(folder, { recursive: true });
  return stderr;
}

for (const [what, protocol, given, headers] of [
  [
    'TelemetryFlow',
    'grpc',
    (url: string) => `${toTelemetryFlow}  endpoint: ${new URL(url).host}\n  insecure: true\n`,
    ['tfk_your_id', 'tfs_your_secret'],
  ],
  [
    'a collector by gRPC',
    'grpc',
    (url: string) => toCollector.replace('localhost:4317', new URL(url).host),
    [undefined, undefined],
  ],
  [
    'a collector by HTTP',
    'http/protobuf',
    (url: string) => toCollector.replace('localhost:4317\n  insecure: true', url),
    [undefined, undefined],
  ],
] as const) {
  test(`the configuration for ${what} sends what is tried`, async () => {
    const collector = await OtlpCollector.start();
    assert.is(await tryIt(given(collector.endpoint(protocol))), '');
    const [span, ...others] = collector.accepted('traces');
    assert.equal([span?.name, span?.resource['service.name'], others], ['list directory', 'tfo-mcp', []]);
    for (const { headers: sent } of collector.received)
      assert.equal([sent['x-telemetryflow-key-id'], sent['x-telemetryflow-key-secret']], headers);
    await collector.die();
  });
}

test('where nobody listens, it says so', async () => {
  const collector = await OtlpCollector.start();
  await collector.die();
  const stderr = await tryIt(toCollector.replace('localhost:4317', new URL(collector.endpoint('grpc')).host));
  assert.match(stderr, 'nobody listens there');
});

test.run();
