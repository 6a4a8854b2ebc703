import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { connectionFailure } from '../../../../src/infrastructure/claude/connection-failure.ts';

const test = suite('connectionFailure');

const withCode = (code: string, message = 'secret') => Object.assign(new Error(message), { code });

for (const [code, reason] of [
  ['ENOTFOUND', 'its name has no address'],
  ['EAI_AGAIN', 'its name has no address'],
  ['ECONNREFUSED', 'nothing listens there'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'another host'],
  ['CERT_HAS_EXPIRED', 'out of date'],
  ['CERT_NOT_YET_VALID', 'out of date'],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'NODE_EXTRA_CA_CERTS'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'NODE_EXTRA_CA_CERTS'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'NODE_EXTRA_CA_CERTS'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'NODE_EXTRA_CA_CERTS'],
  ['ETIMEDOUT', 'did not answer in time'],
  ['UND_ERR_CONNECT_TIMEOUT', 'did not answer in time'],
  ['ERR_PROXY_TUNNEL', 'the proxy refused'],
  ['ERR_PROXY_INVALID_CONFIG', 'HTTPS_PROXY is not a URL'],
  ['ECONNRESET', 'try again'],
] as const) {
  test(`the message says what to do about ${code}, and nothing of what the error says`, () => {
    const { message } = connectionFailure(
      new TypeError('fetch failed', { cause: withCode(code) }),
      'a.example',
    );
    assert.ok(message.startsWith(`The connection to "a.example" failed (${code}): `), message);
    assert.match(message, reason);
    assert.not.match(message, 'secret');
  });
}

test('the message takes the first of several attempts', () => {
  const all = new AggregateError([withCode('ECONNREFUSED'), withCode('ENETUNREACH')], 'all failed');
  assert.match(connectionFailure(all, 'a.example').message, 'ECONNREFUSED');
});

test('the message does without a code', () => {
  const { message } = connectionFailure(undefined, 'a.example', 'broke off');
  assert.is(message, 'The connection to "a.example" broke off: try again, or check the network');
  assert.is(connectionFailure(withCode('not a code'), 'a.example', 'broke off').message, message);
});

test.run();
