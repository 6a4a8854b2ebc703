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

/** A text's UTF-8 in base64url without padding (RFC 4648, section 5). */
export function base64urlOf(text: string): string {
  return base64Of(new TextEncoder().encode(text))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

/** The text whose `base64urlOf` this is, to the last character; undefined for anything else. */
export function textOfBase64url(encoded: string): string | undefined {
  try {
    const binary = atob(encoded.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return base64urlOf(text) === encoded ? text : undefined;
  } catch {
    return undefined; // neither base64 nor UTF-8
  }
}
