import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import * as v from 'valibot';
import { originUrl, secureUrl } from '../../../../../../src/infrastructure/config/schema/values/addresses.ts';

const test = suite('web-addresses');

for (const [url, isSecure] of [
  ['https://issuer.example.com/keys?x=1', true],
  ['http://127.0.0.1:8000/keys', true],
  ['http://[::1]/keys', true],
  ['http://localhost', true],
  ['http://issuer.example.com/keys', false],
  ['http://localhost.evil.com', false],
  ['https://ada:secret@issuer.example.com', false],
  ['https://ada@issuer.example.com', false],
  ['https://:secret@issuer.example.com', false],
  ['ftp://localhost/keys', false],
  ['file:///etc/keys', false],
  ['issuer.example.com', false],
  ['', false],
  [7, false],
] as const) {
  test(`${url} can ${isSecure ? '' : 'not '}be trusted`, () => assert.is(v.is(secureUrl(), url), isSecure));
}

test('an address is taken without the spaces around it', () =>
  assert.is(v.parse(secureUrl(), ' https://issuer.example.com/keys\n'), 'https://issuer.example.com/keys'));

for (const [url, origin] of [
  ['https://mcp.example.com', 'https://mcp.example.com'],
  [' HTTPS://MCP.example.com:443/ ', 'https://mcp.example.com'],
  ['\u00a0https://mcp.example.com', 'https://mcp.example.com'], // as it was pasted from a page
  ['http://10.0.0.5:8080', 'http://10.0.0.5:8080'],
  ['https://mcp.example.com/mcp', undefined],
  ['https://mcp.example.com/?x', undefined],
  ['https://ada@mcp.example.com', undefined],
  ['ws://mcp.example.com', undefined],
  ['mcp.example.com', undefined],
] as const) {
  test(`${JSON.stringify(url)} is ${origin ?? 'no origin'}`, () => {
    const { success, output } = v.safeParse(originUrl(), url);
    assert.is(success ? output : undefined, origin);
  });
}

test.run();
