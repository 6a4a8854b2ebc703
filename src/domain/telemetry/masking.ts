import { UNSEEN_CHARACTERS } from '../policy/approvals/visible-text.ts';
import { createRedactor, MASK, namesSecret, type Redactor } from '../policy/redact.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../shared/json.ts';
import { wholeEnd } from '../text/utf8.ts';

/** Cleans what monitored systems wrote before anyone reads it. */
export interface TelemetryMask {
  /** The text without secrets, control and invisible characters; lines and tabs stay. */
  text(text: string): string;
  /** The same in one line, for names. */
  line(text: string): string;
  /** The attributes with their names and texts cleaned, and masked whole where the name says that it is a secret. */
  attributes(attributes: JsonObject): JsonObject;
}

/** Characters of a text that are looked at; answers show less, and an expression that runs on for millions overflows the stack. */
const LONGEST = 65_536;

const bounded = (text: string) =>
  text.length > LONGEST ? `${text.slice(0, wholeEnd(text, LONGEST))}… (${text.length} characters)` : text;

/** Levels of arrays and objects within attributes that are kept. */
const DEEPEST = 16;

/** @param redactor knows the secrets of this server, which the platform can echo */
export function createTelemetryMask(redactor: Redactor = createRedactor()): TelemetryMask {
  // Characters that can't be seen go first: within a secret, or within its name, they would hide it.
  const text = (given: string) => maskNamed(maskUsers(redactor.text(visible(bounded(given)))));
  const value = (whole: JsonValue, depth: number): JsonValue => {
    if (typeof whole === 'string') return text(whole);
    if (typeof whole !== 'object' || whole === null) return whole;
    if (depth === DEEPEST) return '…';
    return isJsonObject(whole) ? members(whole, depth) : whole.map((item) => value(item, depth + 1));
  };
  const members = (whole: JsonObject, depth: number): JsonObject =>
    Object.fromEntries(
      Object.entries(whole).flatMap(([name, member]) =>
        member === undefined
          ? []
          : [[text(name), namesSecretAttribute(name) ? MASK : value(member, depth + 1)]],
      ),
    );
  return {
    text,
    line: (given) => text(given).replace(/\s+/g, ' ').trim(),
    attributes: (attributes) => members(attributes, 0),
  };
}

/** Colours and the like, as programs write them for a terminal (ECMA-48): all of a sequence, or its letters would stay. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they begin with one
const SEQUENCE = /\x1b\][^\x07\x1b]{0,512}(?:\x07|\x1b\\)|(?:\x1b\[|\x9b)[0-?]{0,64}[@-~]/g;
const LINE_END = /\r\n?|[\u0085\u2028\u2029]/g;
const UNSEEN = new RegExp(`(?![\\n\\t])[${UNSEEN_CHARACTERS}]`, 'gu');

const visible = (text: string) => text.replace(SEQUENCE, '').replace(LINE_END, '\n').replace(UNSEEN, '');

/** A user and password before a host where no scheme says that it is a URL; of an image, the tag before its digest is none. */
const USER = /(?<![\w.@/])(?!mailto:)([\w.+-]{1,64}):(?!\/)[^\s"'<>]{1,128}@(?!sha\d)(?=[\w[])/gi;

const maskUsers = (text: string) => (text.includes('@') ? text.replace(USER, `$1:${MASK}@`) : text);

/** Words behind which a secret stands; in front of them can be others, as in `db_password`. `PWD` before a path is a folder. */
const WORD =
  '(?:pass(?:word|wd|phrase)|pwd(?!["\']?[=:]["\']?[/~])|secret|token|api[-_]?key|(?:access|private|secret|auth)[-_]?key|credentials?)(?:[-_](?:key|value|hash))?';
const QUOTE = '(?:\\\\{0,8}["\'`]|&quot;|&#3[49];|%22)';
const SPACE = '[^\\S\\n]{0,4}';
const BETWEEN = `${QUOTE}?\\]?${SPACE}(?:=>|:=|[=:>]|%3d)${SPACE}`;
/** All up to the quote that was opened: one behind a backslash, and two of them, are part of it. */
const QUOTED = '(?:\\2\\2|(?!(?<!\\\\)\\2)[\\s\\S])+';
/** All but a comma or a bracket behind which a sentence, or another value, goes on. */
const BARE =
  '(?![>])(?:(?![,;&](?:\\s|$|["\'{]|[\\w.-]{1,64}\\\\{0,8}["\']?[=:])|[)}\\]]+(?:[\\s,;]|$))[^\\s"\'<])+';
const SCHEME = '(?:bearer|basic|digest|token|apikey|negotiate|aws4-hmac-sha256)';
const COOKIE = '[^\\s;="\']{1,256}=(?:\\\\{0,8}"[^;"\\\\\\n]*\\\\{0,8}"|[^\\s;"\']*)';

/** Secrets behind their names; what the first group has is kept. */
const NAMED: readonly RegExp[] = [
  `(${WORD}${BETWEEN}(${QUOTE}))${QUOTED}`,
  `(${WORD}${BETWEEN})(?!${QUOTE})${BARE}`,
  // An option of a command line.
  `((?<![\\w-])--?[\\w-]{0,64}${WORD}[^\\S\\n]{1,4}${QUOTE}?)(?![-=:])[^\\s"']+`,
  // Behind a space or "is" what has a digit: "token expired" says no secret.
  `(\\b${WORD}[^\\S\\n]{1,4}(?:(?:is|was)[^\\S\\n]{1,4})?${QUOTE}?)(?=[^\\s"']{0,256}\\d)[^\\s"',;]{6,}`,
  // Headers: a scheme with all that belongs to it, and cookies as RFC 6265 writes them.
  `(authorization${BETWEEN}${QUOTE}?)(?:${SCHEME}${SPACE})?[^\\s"',]+(?:,${SPACE}[\\w-]{1,64}=[^\\s,]+)*`,
  `(cookie${BETWEEN}${QUOTE}?)${COOKIE}(?:;${SPACE}(?:${COOKIE}|[^\\s;="']+))*`,
].map((pattern) => new RegExp(pattern, 'gi'));

/** Most lines have none of these words: one look instead of six. */
const MAY_NAME = /pass|pwd|secret|token|key|credential|authorization|cookie/i;

function maskNamed(text: string): string {
  if (!MAY_NAME.test(text)) return text;
  return NAMED.reduce((masked, pattern) => masked.replace(pattern, `$1${MASK}`), text);
}

/** Last words of attributes that are secrets, besides those that the redactor knows. */
const SECRET_ATTRIBUTE =
  /(?:^|[._-])(?:set[_-]?cookie|cookies?|passw(?:or)?ds?|passphrase|pwd|secrets|credentials?|keys?)$/;

/** Keys that sort, route or find something, and open nothing. */
const PLAIN_KEY = /(?:routing|partition|sharding|message|primary|foreign|sort|cache|idempotency)[._-]keys?$/;

/** True if an attribute of such a name holds a secret: `http.request.header.cookie`, `db.password`, `signing_key`. */
export function namesSecretAttribute(name: string): boolean {
  const words = visible(name)
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase();
  return namesSecret(words) || (SECRET_ATTRIBUTE.test(words) && !PLAIN_KEY.test(words));
}
