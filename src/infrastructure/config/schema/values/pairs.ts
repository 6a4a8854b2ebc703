import * as v from 'valibot';

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this looks for
const CONTROL_CHARACTER = /[\u0000-\u001f\u007f]/;

/** Names and texts: in a file a mapping, in a variable `name=text,name=text`, percent-encoded where that is needed. */
export function pairs(what: string, isOne: (name: string, text: string) => boolean = () => true) {
  const expected = `a mapping of ${what}, or a text such as "name=value,name=value"`;
  return v.pipe(
    v.record(
      v.string(expected),
      v.pipe(
        v.union([v.string(), v.number(), v.boolean()], expected),
        v.transform((value) => String(value).trim()),
      ),
      expected,
    ),
    v.check(
      (all) =>
        Object.entries(all).every(
          // A list would be a mapping from numbers.
          ([name, text]) => /\D/.test(name) && !CONTROL_CHARACTER.test(name + text) && isOne(name, text),
        ),
      expected,
    ),
  );
}

const HEADER_NAME = /^[a-z0-9!#$%&'*+.^_`|~-]+$/i;

/** Of these the exporter knows better, or they would break the request. */
const RESERVED =
  /^(?:content-(?:type|encoding|length)|host|te|connection|transfer-encoding|keep-alive|upgrade|trailer|expect|grpc-.*)$/i;

/** Headers of requests, in HTTP/1.1 and in HTTP/2. */
export function headers() {
  return pairs(
    'header names to values',
    (name, text) => HEADER_NAME.test(name) && !RESERVED.test(name) && /^[\x20-\x7e]+$/.test(text),
  );
}

/** Reads `name=text,name=text`, or one pair a line. @returns undefined where it can't be that */
export function readPairs(text: string): Readonly<Record<string, string>> | undefined {
  const parts = text.split(/[,\n]/).filter((part) => part.trim() !== '');
  const found: [string, string][] = [];
  for (const part of parts) {
    // Values of base64 end in signs of their own, and nobody encodes them.
    const [, name = '', value = ''] = /^([^=]+)=(.*)$/s.exec(part) ?? [];
    if (name.trim() === '') return undefined;
    found.push([decoded(name.trim()), decoded(value.trim())]);
  }
  return found.length === 0 ? undefined : Object.fromEntries(found);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a sign that stands for itself
  }
}
