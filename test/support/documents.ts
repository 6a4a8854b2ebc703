import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../bench/paths.ts';

/** A part of a document that somebody copies. */
export interface Snippet {
  /** The document, relative to the project. */
  readonly document: string;
  /** The language of the block; `code` of what stands within a line. */
  readonly language: string;
  readonly text: string;
}

/** The documents for users. */
export const documents: readonly string[] = [
  'README.md',
  ...globSync('src/guides/*.md', { cwd: root }).sort(),
];

/** Every block of code in the documents, and every piece of code within a line. */
export function snippets(): readonly Snippet[] {
  return documents.flatMap((document) => {
    const text = readFileSync(join(root, document), 'utf8').replace(
      /<!-- generated[\s\S]*?<!-- \/generated:\w+ -->/g,
      '',
    );
    const blocks = [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(
      ([, language = '', block = '']) => ({
        document,
        language,
        text: block,
      }),
    );
    const inline = [...text.replace(/^```[\s\S]*?^```$/gm, '').matchAll(/`([^`\n]+)`/g)].map(
      ([, code = '']) => ({
        document,
        language: 'code',
        text: code,
      }),
    );
    return [...blocks, ...inline];
  });
}

/** The commands of shell blocks, and those of the program within lines; what is behind `#` is for people. */
export function commandLines(): readonly Snippet[] {
  return snippets().flatMap((snippet) => {
    if (snippet.language === 'code') return /^tfo-mcp [a-z-]/.test(snippet.text) ? [snippet] : [];
    if (snippet.language !== 'sh') return [];
    return snippet.text
      .replace(/\\\n\s*/g, '')
      .split('\n')
      .map((line) => ({ ...snippet, text: line.replace(/\s+#.*$/, '').trim() }))
      .filter(({ text }) => text !== '');
  });
}
