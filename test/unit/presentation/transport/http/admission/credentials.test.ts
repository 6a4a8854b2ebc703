import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readCredentials } from '../../../../../../src/presentation/transport/http/admission/credentials.ts';

const test = suite('credentials');

for (const [headers, kind, credential] of [
  [{ authorization: 'Bearer abc.def-_~+/==' }, 'given', 'abc.def-_~+/=='],
  [{ authorization: 'bearer  abc' }, 'given', 'abc'],
  [{ 'x-api-key': ' tfk_1.x ' }, 'given', 'tfk_1.x'],
  [{ authorization: 'Basic dTpw', 'x-api-key': 'tfk_1.x' }, 'given', 'tfk_1.x'],
  [{}, 'none'],
  [{ authorization: 'Basic dTpw' }, 'none'],
  [{ authorization: 'Bearerabc' }, 'none'],
  [{ authorization: '' }, 'none'],
  [{ authorization: 'Bearer' }, 'malformed'],
  [{ authorization: 'Bearer ' }, 'malformed'],
  [{ authorization: 'Bearer a b' }, 'malformed'],
  [{ authorization: 'Bearer a,b' }, 'malformed'],
  [{ authorization: 'Bearer "a"' }, 'malformed'],
  [{ authorization: 'Bearer abc', 'x-api-key': 'tfk_1.x' }, 'malformed'],
] as const) {
  test(`${JSON.stringify(headers)}: ${kind}`, () => {
    const read = readCredentials(headers);
    assert.is(read.kind, kind);
    assert.is(read.kind === 'given' ? read.credential : undefined, credential);
    if (read.kind === 'malformed') assert.not.match(read.message, /abc|tfk_1/);
  });
}

test.run();
