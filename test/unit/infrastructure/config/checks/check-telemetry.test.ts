import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { loadConfiguration } from '../../../../../src/infrastructure/config/load-configuration.ts';
import { memoryHost } from '../memory-host.ts';

const test = suite('checks of telemetry');

const FILE = '/etc/tfo-mcp/tfo-mcp.yaml';

async function load(section: string, environment: Record<string, string> = {}) {
  const files = { [FILE]: `telemetry:\n  enabled: true\n${section}`, '/there.pem': '-' };
  return await loadConfiguration({ file: FILE }, memoryHost({ environment, files }));
}

for (const [section, key, other] of [
  ['  api_key_id: tfk_1\n', 'api_key_secret', 'api_key_id'],
  ['  api_key_secret: tfs_1\n', 'api_key_id', 'api_key_secret'],
  ['  cert_file: /there.pem\n', 'key_file', 'cert_file'],
  ['  key_file: /there.pem\n', 'cert_file', 'key_file'],
] as const) {
  test(`telemetry.${other} alone is a problem`, async () => {
    const { problems } = await load(section);
    assert.equal(
      problems.map(({ message, line }) => [message, line]),
      [[`Expected telemetry.${key} beside telemetry.${other}, got none`, 3]],
    );
  });
}

test('a certificate of a variable without its key stops no start', async () => {
  assert.equal((await load('', { OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE: '/there.pem' })).problems, []);
});

for (const [section, message] of [
  [
    '  endpoint: local host\n',
    /^Expected telemetry\.endpoint to be the address of a collector, as "host:4317"/,
  ],
  [
    '  endpoint: https://user:pw@c\n',
    /^Expected telemetry\.endpoint to be the address.*got a URL that begins with "https:\/\/"$/,
  ],
  ['  protocol: http/json\n', /^Expected telemetry\.protocol to be one of "grpc", "http\/protobuf"/],
  ['  compression: brotli\n', /^Expected telemetry\.compression to be "gzip" or "none", got "brotli"$/],
  ['  trace_sample_rate: 2\n', /^Expected telemetry\.trace_sample_rate to be a number from 0 to 1, got 2$/],
  [
    '  headers: {content-type: x}\n',
    /^Expected telemetry\.headers to be a mapping of header names to values/,
  ],
  ['  headers: x\n', /^Expected telemetry\.headers to be a mapping.*got \*{8}$/],
  ['  attributes: [a]\n', /^Expected telemetry\.attributes to be a mapping of names to values/],
  ['  prometheus: {port: 70000}\n', /^Expected telemetry\.prometheus\.port to be a whole number/],
  ['  endpont: x\n', /^Unknown key "telemetry\.endpont"; did you mean "telemetry\.endpoint"\?$/],
] as const) {
  test(`${section.trim()} is a problem that says what was expected`, async () => {
    const { problems } = await load(section);
    assert.is(problems.length, 1);
    assert.match(problems[0]?.message ?? '', message);
  });
}

for (const [section, notice] of [
  [
    '  endpoint: http://c:4318/v1/traces\n',
    /ends in "\/v1\/traces", which is added to it for each signal: leave "\/v1\/traces" out$/,
  ],
  ['  endpoint: https://c:4317/x\n', /has a path, which says nothing over gRPC/],
  [
    '  endpoint: https://c\n  insecure: true\n',
    /^Setting "telemetry\.insecure" has no effect, since .* is a URL$/,
  ],
  [
    '  endpoint: http://c:4318\n  headers: {x-key: secret}\n',
    /is not encrypted, and keys go to it: use "https:\/\/"/,
  ],
  [
    '  endpoint: c:4317\n  insecure: true\n  api_key_id: a\n  api_key_secret: b\n',
    /is not encrypted, and keys go to it/,
  ],
  [
    '  ca_file: /nowhere.pem\n',
    /^File "\/nowhere\.pem" \(telemetry\.ca_file, .*\) is not there, or is no file/,
  ],
  ['  traces: {ca_file: /nowhere.pem}\n', /^File "\/nowhere\.pem" \(telemetry\.traces\.ca_file, /],
  [
    '  batch_max_size: 4096\n',
    /^Setting "telemetry\.batch_max_size" .* is more than telemetry\.max_queue_size \(2048\)/,
  ],
] as const) {
  test(`${section.trim().replaceAll('\n', ' ')} is a warning`, async () => {
    const { problems, notices } = await load(section);
    assert.equal(problems, []);
    assert.ok(
      notices.some((one) => notice.test(one)),
      notices.join('\n'),
    );
  });
}

for (const section of [
  '',
  '  endpoint: localhost:4317\n  insecure: true\n  headers: {x-key: secret}\n',
  '  endpoint: https://c/otlp\n  headers: {x-key: secret}\n  ca_file: /there.pem\n',
]) {
  test(`${section.trim().replaceAll('\n', ' ') || 'nothing more'} is fine`, async () => {
    const { problems, notices } = await load(section);
    assert.equal(
      [problems, notices.filter((notice) => notice.includes('telemetry') && !notice.includes('chmod'))],
      [[], []],
    );
  });
}

test('a mapping is taken as it is written, a text as pairs, and a twice given name is a problem', async () => {
  const { configuration } = await load('  headers:\n    x-a: 1\n    x.b: two\n  attributes: a=1,b=2\n');
  assert.equal(configuration?.telemetry.headers, { 'x-a': '1', 'x.b': 'two' });
  assert.equal(configuration?.telemetry.attributes, { a: '1', b: '2' });
  const { problems } = await load('  headers:\n    x-a: 1\n    x-a: 2\n');
  assert.match(problems[0]?.message ?? '', /^Key "telemetry\.headers\.x-a" is given twice, first in line 4$/);
});

test.run();
