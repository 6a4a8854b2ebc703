/** Characters at either end of a message in which its id is looked for. */
const REACH = 512;

const TEXT_MEMBER = String.raw`"(?:jsonrpc|method)"\s*:\s*"[^"\\]*"`;
const ID = String.raw`"id"\s*:\s*("(?:[^"\\]|\\.)*"|-?\d+)`;
const FIRST = new RegExp(String.raw`^\s*\{\s*(?:${TEXT_MEMBER}\s*,\s*)*${ID}\s*[,}]`);
const LAST = new RegExp(String.raw`,\s*${ID}\s*(?:,\s*${TEXT_MEMBER}\s*)*\}\s*$`);

/**
 * The id of a message that is not read as a whole, where it stands before or behind everything large: the official libraries write
 * it there. Only with it does the one who waits learn that the request was refused.
 */
export function findId(text: string): unknown {
  const [, written] = FIRST.exec(text.slice(0, REACH)) ?? LAST.exec(text.slice(-REACH)) ?? [];
  if (written === undefined) return undefined;
  try {
    return JSON.parse(written);
  } catch {
    return undefined; // no JSON: what looked like a string isn't one
  }
}
