import { redactUrls } from './redact-urls.ts';

/** The text in a secret's place. */
export const MASK = '********';

/** Removes secrets from what is printed, logged or exported. */
export interface Redactor {
  /** The text without the known secrets and without anything shaped like one. */
  text(text: string): string;
  /** The value of a named field: masked whole when the name says that it is secret, else as `text`. */
  field<T>(name: string, value: T): T | string;
}

/** Shorter ones would hit ordinary words; they are still masked in fields named like a secret. */
const SHORTEST_SECRET = 6;

/** Names are compared as snake_case, so that `apiKey`, `X-Api-Key` and `client_secret` are found too. */
const SECRET_NAME = /(?:^|_)(?:api_?key|state_?key|password|secret|token|authorization)$/;

/**
 * Secrets that are recognised by their form alone: keys of Anthropic, this server, TelemetryFlow and others, RFC 6750 and 7617, JWTs,
 * PEM.
 */
const SECRET_SHAPES: readonly [RegExp, string][] = [
  [/(?<![A-Za-z0-9])sk-ant-[\w-]+/g, `sk-ant-${MASK}`],
  [/(?<![A-Za-z0-9])sk-(?!ant-)[\w-]{16,}/g, `sk-${MASK}`],
  [/(?<![A-Za-z0-9])(tfk_[A-Za-z0-9]+)\.[\w-]+/g, `$1.${MASK}`],
  [/(?<![A-Za-z0-9])tfs_[A-Za-z0-9]{16,}/g, `tfs_${MASK}`],
  [/(?<![A-Za-z0-9])(gh[a-z]_|github_pat_|glpat-|hf_|xox[a-z]-|AKIA|ASIA|AIza)[\w-]{16,}/g, `$1${MASK}`],
  [/(?<![A-Za-z0-9])eyJ[\w-]{4,2000}\.[\w-]{4,}\.[\w-]*/g, MASK],
  // A header inside, as of an encrypted one, has hyphens; of one that was cut off, all the rest counts.
  [/-----BEGIN [A-Z ]{0,32}PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END [A-Z ]{0,48}-----|$)/g, MASK],
  [/\b(Bearer)[ \t]{1,8}[\w.~+/=-]{8,}/gi, `$1 ${MASK}`],
  [/\b(Basic)[ \t]{1,8}[\w+/-]{8,}={0,2}/g, `$1 ${MASK}`],
];

/** A redactor that knows these secrets by value, besides every secret that shows by its name or its form. */
export function createRedactor(secrets: Iterable<string> = []): Redactor {
  // Longest first: a secret that contains another one must not leave its remainder behind.
  const known = [...new Set(secrets)]
    .filter((secret) => secret.length >= SHORTEST_SECRET)
    .sort((a, b) => b.length - a.length);

  const text = (input: string): string => {
    let output = input;
    for (const secret of known) output = output.replaceAll(secret, MASK);
    for (const [shape, replacement] of SECRET_SHAPES) output = output.replace(shape, replacement);
    return redactUrls(output, MASK);
  };

  return {
    text,
    field: (name, value) => {
      if (value !== undefined && namesSecret(name)) return MASK;
      return typeof value === 'string' ? text(value) : value;
    },
  };
}

/** True if a field of this name holds a secret, whatever its value looks like. */
export function namesSecret(name: string): boolean {
  const words = name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').replace(/[-. ]/g, '_');
  return SECRET_NAME.test(words.toLowerCase());
}
