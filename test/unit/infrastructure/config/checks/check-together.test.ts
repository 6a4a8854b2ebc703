import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { loadConfiguration } from '../../../../../src/infrastructure/config/load-configuration.ts';
import { memoryHost } from '../memory-host.ts';

const test = suite('check-together');

const FILE = '/etc/tfo-mcp/tfo-mcp.yaml';
const REMEDY = 'set security.api_keys_file (and make a key by "tfo-mcp keys create"), or security.jwt';

async function problemsOf(text: string, flags: readonly [string, string, string][] = []) {
  const { configuration, problems } = await loadConfiguration(
    { flags: flags.map(([flag, key, value]) => ({ flag, key, value })) },
    memoryHost({ files: { [FILE]: text } }),
  );
  assert.is(configuration === undefined, problems.length > 0);
  return problems.map(({ where, message }) => `${where.replace(FILE, '')} ${message}`);
}

const jwt = 'jwt: { issuer: https://a, audience: b, jwks_url: https://a/keys }';
const open =
  `Expected a way to authenticate on "0.0.0.0", which other machines reach: ${REMEDY}; ` +
  'or listen on 127.0.0.1, or take the risk with --insecure';

for (const [text, problems] of [
  ['server: { transport: http, host: 0.0.0.0 }', [`:1:34 ${open}`]],
  ['server: { transport: [sse, websocket], host: 0.0.0.0 }', [`:1:46 ${open}`]],
  ['server: { transport: http, host: 0.0.0.0 }\nsecurity: { api_keys_file: keys.json }', []],
  [`server: { transport: http, host: 0.0.0.0 }\nsecurity: { ${jwt} }`, []],
  ['server: { transport: http, host: 0.0.0.0 }\nsecurity: { insecure: true }', []],
  ['server: { transport: http }', []],
  ['server: { transport: http, host: localhost }', []],
  ['server: { host: 0.0.0.0 }', []],
  [
    'server: { transport: http }\nsecurity: { require_api_key: true }',
    [`:2:30 Expected a way to authenticate, since security.require_api_key asks for it: ${REMEDY}`],
  ],
  ['security: { require_api_key: true }', []],
  [
    'security: { jwt: { issuer: https://a } }',
    [
      ':1:28 Expected security.jwt.audience beside security.jwt.issuer, got none',
      ':1:28 Expected security.jwt.jwks_url beside security.jwt.issuer, got none',
    ],
  ],
] as const) {
  test(`${text.replace('\n', ' ')}: ${problems.length} problems`, async () =>
    assert.equal(await problemsOf(text), problems));
}

test('the check names the flag where that is at fault', async () => {
  const flags: [string, string, string][] = [
    ['--transport', 'server.transport', 'http,sse'],
    ['--host', 'server.host', '0.0.0.0'],
  ];
  assert.equal(await problemsOf('', flags), [`--host ${open}`]);
});

test('half of security.jwt lets nobody in by mistake', async () => {
  const problems = await problemsOf(
    'server: { transport: http, host: 0.0.0.0 }\nsecurity: { jwt: { audience: b } }',
  );
  assert.is(problems.length, 3);
});

test.run();
