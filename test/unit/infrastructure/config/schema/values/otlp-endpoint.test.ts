import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import * as v from 'valibot';
import {
  type OtlpProtocol,
  otlpEndpoint,
  otlpTarget,
} from '../../../../../../src/infrastructure/config/schema/values/otlp-endpoint.ts';

const test = suite('endpoints of collectors');

/** For traces: endpoint, what else is set, and what comes out. */
const TARGETS: readonly (readonly [
  string,
  { protocol?: OtlpProtocol; insecure?: boolean },
  OtlpProtocol,
  string,
])[] = [
  ['localhost:4317', {}, 'grpc', 'https://localhost:4317/'],
  ['localhost:4317', { insecure: true }, 'grpc', 'http://localhost:4317/'],
  ['collector', { insecure: true }, 'grpc', 'http://collector:4317/'],
  ['collector', { protocol: 'http/protobuf' }, 'http/protobuf', 'https://collector:4318/v1/traces'],
  ['collector:4318', { insecure: true }, 'http/protobuf', 'http://collector:4318/v1/traces'],
  ['collector:443', { protocol: 'grpc' }, 'grpc', 'https://collector/'],
  ['collector:8080', {}, 'grpc', 'https://collector:8080/'],
  ['collector/prefix', {}, 'http/protobuf', 'https://collector:4318/prefix/v1/traces'],
  ['10.0.0.7:4317', {}, 'grpc', 'https://10.0.0.7:4317/'],
  ['[::1]:4317', { insecure: true }, 'grpc', 'http://[::1]:4317/'],
  ['[::1]', { insecure: true }, 'grpc', 'http://[::1]:4317/'],
  ['http://[2001:db8::1]:4318', {}, 'http/protobuf', 'http://[2001:db8::1]:4318/v1/traces'],
  ['http://localhost:4318', {}, 'http/protobuf', 'http://localhost:4318/v1/traces'],
  ['http://localhost:4318/', {}, 'http/protobuf', 'http://localhost:4318/v1/traces'],
  ['https://localhost:4317', {}, 'grpc', 'https://localhost:4317/'],
  [
    'https://localhost:4317',
    { protocol: 'http/protobuf' },
    'http/protobuf',
    'https://localhost:4317/v1/traces',
  ],
  // The scheme goes before `insecure` (OTLP exporter, "Insecure").
  ['https://collector:4317', { insecure: true }, 'grpc', 'https://collector:4317/'],
  ['HTTPS://Collector.Example', {}, 'http/protobuf', 'https://collector.example/v1/traces'],
  ['https://example.com/otlp', {}, 'http/protobuf', 'https://example.com/otlp/v1/traces'],
  ['https://example.com/otlp//', {}, 'http/protobuf', 'https://example.com/otlp/v1/traces'],
  // A base URL, whatever it ends in (OTLP exporter, "Endpoint URLs for OTLP/HTTP").
  ['http://c:4318/v1/traces', {}, 'http/protobuf', 'http://c:4318/v1/traces/v1/traces'],
  ['https://c:443', { protocol: 'grpc' }, 'grpc', 'https://c/'],
  [' https://c ', { protocol: 'grpc' }, 'grpc', 'https://c/'],
];

for (const [endpoint, { protocol, insecure = false }, expected, href] of TARGETS) {
  const more = [protocol, insecure && 'insecure'].filter(Boolean).join(', ');
  test(`"${endpoint}"${more && ` (${more})`} is ${expected} at ${href}`, () => {
    const checked = v.parse(otlpEndpoint(), endpoint);
    const target = otlpTarget({ endpoint: checked, protocol, insecure, signal: 'traces' });
    assert.equal([target.protocol, target.url.href], [expected, href]);
  });
}

for (const [endpoint, href] of [
  ['http://c:4318', 'http://c:4318/'],
  ['https://c/api/v1/otlp/v1/metrics', 'https://c/api/v1/otlp/v1/metrics'],
  ['https://c/otlp/', 'https://c/otlp/'],
] as const) {
  test(`"${endpoint}" of one signal is used as it is`, () => {
    const { url } = otlpTarget({ endpoint, protocol: 'http/protobuf', insecure: false });
    assert.is(url.href, href);
  });
}

for (const endpoint of [
  '',
  ' ',
  'http://',
  'grpc://localhost:4317',
  'dns:///localhost:4317',
  'unix:///run/otlp.sock',
  'ftp://c',
  'user:password@c:4317',
  'https://user:password@c',
  'https://c?key=secret',
  'https://c#part',
  'c:99999',
  'c:0',
  '::1:4317',
  'c d:4317',
  'http:\\\\c',
]) {
  test(`${JSON.stringify(endpoint)} is no endpoint`, () => {
    assert.not(v.is(otlpEndpoint(), endpoint));
  });
}

test.run();
