import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

const test = suite('telemetry: what is loaded');

const main = fileURLToPath(new URL('../../../src/main.ts', import.meta.url));

/** Tells on stderr of each module of OpenTelemetry, and of ours around it, as it is asked for. */
const HOOK = `import { registerHooks } from 'node:module';
registerHooks({ resolve(name, context, next) {
  if (/opentelemetry|infrastructure\\/telemetry/.test(name)) process.stderr.write('LOADED ' + name + '\\n');
  return next(name, context);
} });`;

const call = {
  jsonrpc: '2.0',
  id: 2,
  method: 'tools/call',
  params: { name: 'echo', arguments: { message: 'hi' } },
};
const clientInfo = { name: 'test', version: '1' };
const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo };
const session = [{ jsonrpc: '2.0', id: 1, method: 'initialize', params }, call];

/** Serves one session. @returns the modules that it asked for */
function loadedBy(environment: Record<string, string>): readonly string[] {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--import', `data:text/javascript,${encodeURIComponent(HOOK)}`, main, 'serve'],
    {
      input: session.map((message) => `${JSON.stringify(message)}\n`).join(''),
      env: { PATH: process.env['PATH'] ?? '', ...environment },
      encoding: 'utf8',
    },
  );
  assert.is(status, 0, stderr);
  assert.match(stdout, '"Echo: hi"');
  return [...stderr.matchAll(/^LOADED (.*)$/gm)].map(([, name = '']) => name);
}

for (const environment of [
  {},
  { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' },
  { TELEMETRYFLOW_MCP_TELEMETRY_ENDPOINT: 'http://127.0.0.1:9' },
]) {
  test(`nothing of OpenTelemetry is loaded where telemetry is off: ${JSON.stringify(environment)}`, () => {
    assert.equal(loadedBy(environment), []);
  });
}

test('it is loaded where telemetry is on', () => {
  const loaded = loadedBy({
    TELEMETRYFLOW_MCP_TELEMETRY_ENABLED: 'true',
    TELEMETRYFLOW_MCP_TELEMETRY_ENDPOINT: 'http://127.0.0.1:9',
  });
  for (const name of ['@opentelemetry/sdk-trace', '@opentelemetry/otlp-exporter-base'])
    assert.ok(loaded.includes(name), name);
});

test.run();
