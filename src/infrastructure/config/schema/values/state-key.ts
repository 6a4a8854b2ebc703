import * as v from 'valibot';

const LEAST_BYTES = 32;

const HEXADECIMAL = /^(?:[0-9a-f]{2})+$/i;
const BASE64 = /^[A-Za-z0-9+/_-]+={0,2}$/;

const EXPECTED = `at least ${LEAST_BYTES} random bytes, in base64 or hexadecimal (openssl rand -base64 32)`;

/** A key as text, known to be long enough to seal with. */
export function stateKey() {
  return v.pipe(
    v.string(EXPECTED),
    v.trim(),
    v.check((key) => countBytes(key) >= LEAST_BYTES, EXPECTED),
  );
}

function countBytes(key: string): number {
  if (HEXADECIMAL.test(key)) return key.length / 2;
  return BASE64.test(key) ? Buffer.byteLength(key, 'base64') : 0;
}
