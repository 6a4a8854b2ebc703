import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import * as v from 'valibot';
import {
  describeAuthentication,
  exposureWarnings,
  longestMessage,
  networkSettings,
  requestRate,
} from '../../../../src/composition/network/network-settings.ts';
import { configurationSchema } from '../../../../src/infrastructure/config/schema/configuration-schema.ts';
import { ManualClock } from '../../application/manual-clock.ts';

const test = suite('network-settings');

const configured = (server: object = {}, security: object = {}) =>
  v.parse(configurationSchema, { server: { transport: 'http', ...server }, security });
const KEYS = { api_keys_file: '/keys.json' };

test('are none on stdio', async () => {
  const stdio = configured({ transport: 'stdio', host: '0.0.0.0' }, { rate_limit_enabled: true });
  assert.is(networkSettings(stdio), undefined);
  assert.is(await requestRate(stdio, new ManualClock()), undefined);
  assert.equal(exposureWarnings(stdio), []);
});

const MIB = 1024 * 1024;

for (const [server, mcp, longest] of [
  [{ transport: 'stdio' }, {}, 64 * MIB],
  [{ transport: 'stdio', max_message_size: MIB }, { max_message_size: 2 * MIB }, 2 * MIB],
  [{ transport: 'http' }, {}, 24 * MIB],
  [{ transport: 'http', max_message_size: 64 * MIB }, {}, 64 * MIB],
  [{ transport: 'http', max_message_size: 128 * MIB }, {}, 64 * MIB],
  [{ transport: 'http' }, { max_message_size: 2 * MIB }, 2 * MIB],
] as const) {
  test(`messages with ${JSON.stringify({ server, mcp })} have at most ${longest} bytes`, () => {
    assert.is(longestMessage(v.parse(configurationSchema, { server, mcp })), longest);
  });
}

test('are those of the configuration', () => {
  const server = {
    transport: ['sse', 'http'],
    port: 1,
    max_sessions: 2,
    session_timeout: '3s',
    stream_timeout: 4,
  };
  assert.equal(networkSettings(configured(server, { allowed_hosts: ['a'], allowed_origins: ['b'] })), {
    transports: ['sse', 'http'],
    host: '127.0.0.1',
    port: 1,
    allowed: { hosts: ['a', '127.0.0.1'], origins: ['b'] },
    trustedProxies: [],
    maxSessions: 2,
    sessionTimeout: 3,
    streamTimeout: 4,
  });
});

for (const [host, hosts] of [
  ['10.0.0.5', ['10.0.0.5']],
  ['fd00::5', ['[fd00::5]']],
  ['0.0.0.0', []],
  ['::', []],
] as const) {
  test(`who listens on ${host} may be called ${hosts[0] ?? 'by no name of that'}`, () => {
    const settings = networkSettings(configured({ host }, { allowed_hosts: [] }));
    assert.equal(settings?.allowed.hosts, hosts);
  });
}

test('let clients come by the host of the public URL, whatever its port and path', () => {
  const settings = networkSettings(
    configured({ public_url: 'https://example.com:8443/tfo' }, { allowed_hosts: ['a'] }),
  );
  assert.equal(settings?.allowed.hosts, ['a', '127.0.0.1', 'example.com']);
});

for (const [what, server, security, limit] of [
  ['nobody on this machine without authentication', {}, {}, undefined],
  ['who has to authenticate', {}, KEYS, { perMinute: 600, burst: 100 }],
  ['who comes from another machine', { host: '10.0.0.5' }, {}, { perMinute: 600, burst: 100 }],
  ['who comes through a proxy', {}, { trusted_proxies: ['127.0.0.1'] }, { perMinute: 600, burst: 100 }],
  ['everybody where a rate is set', {}, { rate_limit_per_minute: 9 }, { perMinute: 9, burst: 100 }],
  ['everybody where it is switched on', {}, { rate_limit_enabled: true }, { perMinute: 600, burst: 100 }],
  ['nobody where it is switched off', {}, { ...KEYS, rate_limit_enabled: false }, undefined],
] as const) {
  test(`limit ${what}`, async () => {
    const rate = await requestRate(configured(server, security), new ManualClock());
    assert.equal(rate?.limit, limit);
  });
}

for (const [security, authentication, host] of [
  [{}, 'off, so that every program of this machine is let in'],
  [{}, 'off, so that everybody who reaches it is let in', '0.0.0.0'],
  [KEYS, 'API keys of "/keys.json"'],
  [
    { ...KEYS, jwt: { issuer: 'https://issuer.example' } },
    'API keys of "/keys.json", tokens of https://issuer.example',
  ],
] as const) {
  test(`say of ${JSON.stringify({ security, host })}: ${authentication}`, () => {
    assert.is(
      describeAuthentication(configured(host === undefined ? {} : { host }, security)),
      authentication,
    );
  });
}

test('warn where others come in unasked', () => {
  const risky = { host: '0.0.0.0' };
  assert.is(exposureWarnings(configured(risky, { insecure: true })).length, 1);
  for (const safe of [configured(), configured(risky, KEYS)]) assert.equal(exposureWarnings(safe), []);
});

test.run();
