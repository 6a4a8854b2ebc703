import type * as Yaml from 'yaml';
import type { ConfigurationProblem } from '../../../application/ports/configuration-source.ts';
import { problemAt } from '../checks/problems.ts';
import type { SourcePlace } from './given-setting.ts';

/** A node of the file that is read no deeper than asked: sections that nobody uses stay unread. */
export type SourceNode =
  | { readonly kind: 'mapping'; readonly place: SourcePlace; entries(): readonly SourceEntry[] }
  | { readonly kind: 'alias'; readonly place: SourcePlace }
  /** Null, a scalar, or a list; what is nested deeper than a list's scalars comes as an empty object. */
  | {
      readonly kind: 'value';
      readonly place: SourcePlace;
      readonly value: unknown;
      /** Of each entry of a list. */
      readonly entryPlaces?: readonly SourcePlace[];
    };

export interface SourceEntry {
  readonly key: string;
  readonly place: SourcePlace;
  readonly value: SourceNode;
}

export type ParsedYaml =
  | { readonly root: SourceNode }
  | { readonly problems: readonly ConfigurationProblem[] };

/** A file that isn't YAML at all has as many syntax errors as tokens. */
const MOST_SYNTAX_PROBLEMS = 20;

/** Our own sentences: the library's quote the source, and with it secrets. */
const SYNTAX_PROBLEMS: Partial<Record<Yaml.ErrorCode, string>> = {
  BAD_DQ_ESCAPE:
    'Unknown escape sequence in a double-quoted text; use single quotes to take backslashes as they are',
  BAD_INDENT: 'The indentation fits no line above, or a bracket is not closed',
  BAD_SCALAR_START: 'A text can\'t start with "%", "@" or "`"; put it in quotes',
  BLOCK_AS_IMPLICIT_KEY: 'A text that holds ": " must be put in quotes',
  MISSING_CHAR: 'Something is missing here, such as a colon, a comma, or a closing quote or bracket',
  MULTIPLE_DOCS: 'Expected one YAML document, got another one after "---"',
  RESOURCE_EXHAUSTION: 'Nested too deeply',
  TAB_AS_INDENT: 'Tabs are not allowed as indentation; use spaces',
  TAG_RESOLVE_FAILED: 'Tags (a word that starts with "!") are not supported',
};

/** Parses YAML 1.2 (core schema). Imported here only, and only when there is a file to read: it takes 16 ms to load. */
export async function parseYaml(path: string, text: string): Promise<ParsedYaml> {
  const yaml = await import('yaml');
  const lines = new yaml.LineCounter();
  const document = yaml.parseDocument(text, {
    version: '1.2',
    schema: 'core',
    lineCounter: lines,
    // Their texts quote the file, and aren't used.
    prettyErrors: false,
    // Quadratic; duplicates are found where sections are read.
    uniqueKeys: false,
  });
  const placeAt = (offset: number): SourcePlace => {
    const { line, col } = lines.linePos(offset);
    return { where: `${path}:${line}:${col}`, file: path, line, column: col };
  };
  const problems = [...document.errors, ...document.warnings].slice(0, MOST_SYNTAX_PROBLEMS);
  if (problems.length > 0) {
    const explained = problems.filter(({ code }) => SYNTAX_PROBLEMS[code] !== undefined);
    return {
      problems: (explained.length > 0 ? explained : problems).map(({ code, pos: [offset] }) =>
        problemAt(placeAt(offset), { message: SYNTAX_PROBLEMS[code] ?? 'This is not valid YAML' }),
      ),
    };
  }
  return { root: toSourceNode(yaml, document.contents, placeAt, 0) };
}

function toSourceNode(
  yaml: typeof Yaml,
  node: unknown,
  placeAt: (offset: number) => SourcePlace,
  parentOffset: number,
): SourceNode {
  const offset = offsetOf(yaml, node) ?? parentOffset;
  const place = placeAt(offset);
  if (yaml.isAlias(node)) return { kind: 'alias', place };
  if (yaml.isSeq(node)) {
    const entryPlaces = node.items.map((item) => placeAt(offsetOf(yaml, item) ?? offset));
    return { kind: 'value', place, value: toPlainValue(yaml, node), entryPlaces };
  }
  if (!yaml.isMap(node)) return { kind: 'value', place, value: toPlainValue(yaml, node) };
  return {
    kind: 'mapping',
    place,
    entries: () =>
      node.items.map(({ key, value }) => {
        const keyOffset = offsetOf(yaml, key) ?? offset;
        return {
          key: yaml.isScalar(key) ? String(key.value) : '',
          place: placeAt(keyOffset),
          value: toSourceNode(yaml, value, placeAt, keyOffset),
        };
      }),
  };
}

function toPlainValue(yaml: typeof Yaml, node: unknown): unknown {
  if (yaml.isSeq(node)) return node.items.map((item) => (yaml.isScalar(item) ? item.value : {}));
  return yaml.isScalar(node) ? node.value : null;
}

function offsetOf(yaml: typeof Yaml, node: unknown): number | undefined {
  return yaml.isNode(node) ? node.range?.[0] : undefined;
}
