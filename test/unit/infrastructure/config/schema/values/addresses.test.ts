import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import * as v from 'valibot';
import {
  isAddressRange,
  publicUrl,
  secureUrl,
} from '../../../../../../src/infrastructure/config/schema/values/addresses.ts';

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

for (const [url, taken] of [
  ['https://mcp.example.com', 'https://mcp.example.com'],
  [' HTTPS://MCP.example.com:443/ ', 'https://mcp.example.com'],
  ['\u00a0https://mcp.example.com', 'https://mcp.example.com'], // as it was pasted from a page
  ['http://10.0.0.5:8080', 'http://10.0.0.5:8080'],
  ['https://example.com/tfo', 'https://example.com/tfo'],
  ['https://example.com/team/tfo//', undefined],
  ['https://example.com/team/tfo/', 'https://example.com/team/tfo'],
  ['https://example.com/team/../tfo', 'https://example.com/tfo'],
  ['https://example.com/t"fo', undefined],
  ['https://example.com/ada@host', undefined],
  ['https://example.com/ada%40host', undefined],
  ['https://mcp.example.com/?x', undefined],
  ['https://mcp.example.com/tfo#x', undefined],
  ['https://mcp.example.com/tfo?', undefined],
  ['https://ada@mcp.example.com', undefined],
  ['ws://mcp.example.com', undefined],
  ['mcp.example.com', undefined],
] as const) {
  test(`${JSON.stringify(url)} is ${taken ?? 'no public URL'}`, () => {
    const { success, output } = v.safeParse(publicUrl(), url);
    assert.is(success ? output : undefined, taken);
  });
}

for (const [text, isRange] of [
  ['10.0.0.1', true],
  ['10.0.0.0/8', true],
  ['0.0.0.0/0', true],
  ['::1', true],
  ['fd00::/8', true],
  ['::ffff:10.0.0.0/104', true],
  ['10.0.0.0/33', false],
  ['fd00::/129', false],
  ['10.0.0.0/', false],
  ['10.0.0.0/-1', false],
  ['10.0.0.0/8/8', false],
  ['10.0.0', false],
  ['010.0.0.1', false],
  ['[::1]', false],
  ['fe80::1%eth0', false],
  ['localhost', false],
  ['*', false],
  ['', false],
] as const) {
  test(`${JSON.stringify(text)} is ${isRange ? 'an address or a range' : 'neither an address nor a range'}`, () =>
    assert.is(isAddressRange(text), isRange));
}

test.run();
