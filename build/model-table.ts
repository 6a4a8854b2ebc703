import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.ts';

const sdk = join(root, 'node_modules/@anthropic-ai/sdk');

/** Path of the table in the repository. */
export const modelTablePath = 'src/infrastructure/claude/model-table.ts';

/** The SDK's sources that tell its models. */
export interface SdkSources {
  readonly version: string;
  /** The file that declares the type `Model`. */
  readonly declarations: string;
  /** The file that lists the models that come to their end. */
  readonly code: string;
}

export function pinnedSdk(): SdkSources {
  const read = (path: string) => readFileSync(join(sdk, path), 'utf8');
  return {
    version: JSON.parse(read('package.json')).version,
    declarations: read('resources/messages/messages.d.ts'),
    code: read('resources/messages/messages.mjs'),
  };
}

/**
 * The module with the model names that the SDK's type `Model` knows: types are gone when the server runs.
 * Throws when the SDK no longer declares them in the form that is read here.
 */
export function modelTable({ version, declarations, code }: SdkSources): string {
  const names = modelNames(declarations);
  const endings = endsOfLife(code);
  return [
    `// Made by build/model-table.ts from @anthropic-ai/sdk ${version}; "make format" renews it.`,
    '',
    "/** The names in the SDK's `Model` type, in its order. */",
    'export const modelNames: readonly string[] = [',
    ...names.map((name) => `  '${name}',`),
    '];',
    '',
    '/** Until when a model of these names answers, where the SDK says so: the day after, it is gone. */',
    'export const lastDays: Readonly<Record<string, string>> = {',
    ...endings.map(([name, day]) => `  '${name}': '${day}',`),
    '};',
    '',
    '/** The model that answers if nobody chose: the newest of the line between the fastest and the dearest. */',
    `export const currentModel = '${newestOf('sonnet', names)}';`,
    '',
  ].join('\n');
}

function modelNames(declarations: string): string[] {
  const [, union = ''] = /export type Model =([^;]*);/.exec(declarations) ?? [];
  const names = [...union.matchAll(/'([^']+)'/g)].map(([, name = '']) => name);
  if (names.length === 0)
    throw new Error('Expected the SDK to declare model names in its type "Model", got none');
  return names;
}

/** From the object that the SDK warns by, as in `{ 'claude-x': 'November 30th, 2026' }`. */
function endsOfLife(code: string): [name: string, day: string][] {
  const [, table] = /const DEPRECATED_MODELS = \{([^}]*)\}/.exec(code) ?? [];
  if (table === undefined) throw new Error('Expected the SDK to have a table "DEPRECATED_MODELS", got none');
  return [...table.matchAll(/'([^']+)': '([^']+)'/g)].map(([, name = '', date = '']) => [name, isoDay(date)]);
}

function isoDay(date: string): string {
  const time = Date.parse(`${date.replace(/(\d)(?:st|nd|rd|th)\b/, '$1')} UTC`);
  if (Number.isNaN(time)) throw new Error(`Expected a date like "November 30th, 2026", got "${date}"`);
  return new Date(time).toISOString().slice(0, 10);
}

/** Dated names are aliases that stand still, so the plain one is taken. */
function newestOf(line: string, names: readonly string[]): string {
  const versions = names.flatMap((name) => {
    const [, major, minor = '0'] = new RegExp(`^claude-${line}-(\\d{1,2})(?:-(\\d{1,2}))?$`).exec(name) ?? [];
    return major === undefined ? [] : [{ name, rank: Number(major) * 100 + Number(minor) }];
  });
  const [newest] = versions.sort((a, b) => b.rank - a.rank);
  if (!newest) throw new Error(`Expected a model of the line "${line}" in the SDK's type "Model", got none`);
  return newest.name;
}
