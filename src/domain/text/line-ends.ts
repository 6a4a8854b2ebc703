/** The line ends of a text. */
export type LineEnds = 'LF' | 'CRLF' | 'mixed';

/** Undefined for a text without line ends. */
export function lineEndsOf(text: string): LineEnds | undefined {
  let withReturn = 0;
  let without = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) {
    if (text.charCodeAt(at - 1) === 13) withReturn += 1;
    else without += 1;
  }
  if (withReturn === 0) return without === 0 ? undefined : 'LF';
  return without === 0 ? 'CRLF' : 'mixed';
}
