const ENCODED = /^=\?base64\?(.*)\?=$/s;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/**
 * The text that a header mirrors: as it stands, or out of `=?base64?…?=`, in which clients wrap what a header can't carry (MCP
 * 2026-07-28, basic/transports/streamable-http, "Header value encoding").
 * @returns undefined for base64 that is none
 */
export function decodeHeaderValue(value: string): string | undefined {
  const trimmed = value.replace(/^[ \t]+|[ \t]+$/g, '');
  const encoded = ENCODED.exec(trimmed)?.[1];
  if (encoded === undefined) return trimmed;
  if (!BASE64.test(encoded)) return undefined;
  const bytes = Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0));
  return new TextDecoder().decode(bytes);
}
