/** An escape by a number: of a character, or, where there are so many groups, of a group. */
export function numberedEscape(
  rest: string,
  groups: number,
): { readonly length: number; readonly code?: number } | undefined {
  const [pair, high, low] = /^\\u([dD][89abAB][\da-fA-F]{2})\\u([dD][c-fC-F][\da-fA-F]{2})/.exec(rest) ?? [];
  if (pair !== undefined)
    return { length: pair.length, code: String.fromCharCode(hex(high), hex(low)).codePointAt(0) as number };
  const [all, ...digits] = /^\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|u\{([\da-fA-F]{1,6})\})/.exec(rest) ?? [];
  if (all !== undefined) {
    const code = hex(digits.find((found) => found !== undefined));
    return code > 0x10ffff ? { length: all.length } : { length: all.length, code };
  }
  const [control, letter = ''] = /^\\c([a-zA-Z])/.exec(rest) ?? [];
  if (control !== undefined) return { length: control.length, code: letter.charCodeAt(0) % 32 };
  const [reference, number] = /^\\([1-9]\d*)/.exec(rest) ?? [];
  if (reference !== undefined && Number(number) <= groups) return { length: reference.length };
  const [octal, digitsOfOctal = ''] = /^\\([0-3][0-7]{0,2}|[4-7][0-7]?)/.exec(rest) ?? [];
  return octal === undefined ? undefined : { length: octal.length, code: Number.parseInt(digitsOfOctal, 8) };
}

const hex = (digits: string | undefined) => Number.parseInt(digits ?? '', 16);
