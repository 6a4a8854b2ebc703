import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { findForeignName } from '../../../../../../src/presentation/transport/http/admission/allowed-names.ts';

const test = suite('allowed-names');

const allowed = {
  hosts: ['localhost', '127.0.0.1', '[::1]', 'mcp.example.com:8443', 'As.Written.example'],
  origins: ['localhost', '[::1]', 'https://app.example.com', 'https://As.Written.example'],
};

for (const [host, isAllowed] of [
  ['localhost', true],
  ['LOCALHOST:8080', true],
  ['127.0.0.1:1', true],
  ['[::1]:8080', true],
  ['[::1]', true],
  ['mcp.example.com:8443', true],
  ['mcp.example.com', false],
  ['mcp.example.com:8444', false],
  ['as.written.example:1', true],
  ['localhost.evil.com', false],
  ['evil.com:localhost', false],
  ['localhost:8080:1', false],
  ['evil.com', false],
  ['', false],
  [undefined, false],
] as const) {
  test(`host ${host}: ${isAllowed ? 'allowed' : 'foreign'}`, () => {
    assert.is(findForeignName({ host, origin: undefined }, allowed) === undefined, isAllowed);
  });
}

for (const [origin, isAllowed] of [
  ['http://localhost', true],
  ['http://localhost:3000', true],
  ['https://LOCALHOST:3000', true],
  ['http://[::1]:3000', true],
  ['https://app.example.com', true],
  ['https://as.written.example', true],
  ['https://app.example.com.evil.com', false],
  ['https://app.example.com:444', false],
  ['http://app.example.com', false],
  ['http://localhost.evil.com', false],
  ['http://evil.com', false],
  ['http://evil.com/localhost', false],
  ['http://evil@localhost', false],
  ['http://localhost/', false],
  ['evil.com http://localhost', false],
  ['null', false],
  ['localhost', false],
  ['', false],
] as const) {
  test(`origin ${origin}: ${isAllowed ? 'allowed' : 'foreign'}`, () => {
    assert.is(findForeignName({ host: 'localhost', origin }, allowed) === undefined, isAllowed);
  });
}

test('the refusal says what was expected and what came, and no more of it than is needed', () => {
  const told = findForeignName({ host: `evil"${'x'.repeat(1000)}`, origin: undefined }, allowed);
  assert.match(
    told ?? '',
    /^Expected the header "Host" to be one of security\.allowed_hosts, got "evil\\"x+"$/,
  );
  assert.ok((told ?? '').length < 250);
});

test.run();
