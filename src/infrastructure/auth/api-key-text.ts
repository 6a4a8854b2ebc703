import { hash, randomBytes, timingSafeEqual } from 'node:crypto';

/** `tfk_<id>.<secret>`: 64 random bits in hexadecimal, and 256 in base64url. */
const KEY = /^tfk_([0-9a-f]{16})\.[A-Za-z0-9_-]{43}$/;
export const KEY_PREFIX = 'tfk_';

export function newKeyText(id = randomBytes(8).toString('hex')): {
  readonly id: string;
  readonly key: string;
} {
  return { id, key: `${KEY_PREFIX}${id}.${randomBytes(32).toString('base64url')}` };
}

/** The public part of a key; undefined for what is none. */
export function idOfKey(text: string): string | undefined {
  return KEY.exec(text)?.[1];
}

/** SHA-256, in hexadecimal: of 256 random bits it needs no salt and no slowness. */
export function sha256Of(key: string): string {
  return hash('sha256', key);
}

/** Of no key: what an id that there isn't is compared with, so that it takes as long as one that there is. */
const OF_NOBODY = randomBytes(32).toString('hex');

/** True if the key is the one of this SHA-256; takes the same time if it isn't, and if there is none. */
export function isKeyOf(key: string, sha256 = OF_NOBODY): boolean {
  return timingSafeEqual(Buffer.from(sha256Of(key), 'hex'), Buffer.from(sha256, 'hex'));
}
