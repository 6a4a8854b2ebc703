/** Few enough arguments for one call of a function. */
const CHUNK = 0x8000;

/** Base64 with padding (RFC 4648, section 4), as `blob` and `data` want it. */
export function base64Of(bytes: Uint8Array): string {
  let binary = '';
  for (let at = 0; at < bytes.length; at += CHUNK) {
    binary += String.fromCharCode.apply(null, bytes.subarray(at, at + CHUNK) as unknown as number[]);
  }
  return btoa(binary);
}
