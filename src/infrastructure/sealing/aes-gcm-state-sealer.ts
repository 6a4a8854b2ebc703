import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { OpenedState, StateSealer } from '../../application/ports/state-sealer.ts';
import { ClaimedStates, type StateNumber } from './claimed-states.ts';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** As long as the official SDK grants. */
const TTL_MS = 600_000;

interface Sealed {
  readonly payload: string;
  /** Milliseconds since 1970. */
  readonly expires: number;
  readonly number: StateNumber;
}

/** AES-256-GCM (NIST SP 800-38D) under a key derived from the configured one; a sealed state is good for ten minutes. */
export class AesGcmStateSealer implements StateSealer {
  private readonly key: Buffer;
  private readonly now: () => number;
  private readonly claimed = new ClaimedStates();

  /** @param secret shared by replicas; without one, a key of this process's own */
  constructor(secret: string | Uint8Array | undefined, now: () => number = Date.now) {
    this.key =
      secret === undefined
        ? randomBytes(32)
        : Buffer.from(hkdfSync('sha256', secret, '', 'tfo-mcp request state', 32));
    this.now = now;
  }

  async seal(payload: string, associated: string): Promise<string> {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.key, nonce);
    cipher.setAAD(Buffer.from(associated));
    const sealed: Sealed = { payload, expires: this.now() + TTL_MS, number: this.claimed.issue() };
    const body = Buffer.concat([cipher.update(JSON.stringify(sealed), 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url');
  }

  async open(sealed: string, associated: string): Promise<OpenedState | undefined> {
    const bytes = Buffer.from(sealed, 'base64url');
    if (bytes.toString('base64url') !== sealed || bytes.length <= NONCE_BYTES + TAG_BYTES) return undefined;
    const decipher = createDecipheriv('aes-256-gcm', this.key, bytes.subarray(0, NONCE_BYTES));
    decipher.setAAD(Buffer.from(associated));
    decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    const text = decrypt(decipher, bytes.subarray(NONCE_BYTES + TAG_BYTES));
    if (text === undefined) return undefined;
    const { payload, expires, number } = JSON.parse(text) as Sealed;
    if (this.now() >= expires) return undefined;
    return { payload, claim: () => this.claimed.claim(number) };
  }
}

function decrypt(decipher: ReturnType<typeof createDecipheriv>, body: Buffer): string | undefined {
  try {
    return decipher.update(body, undefined, 'utf8') + decipher.final('utf8');
  } catch {
    return undefined; // the tag doesn't match: not ours, or not for this
  }
}
