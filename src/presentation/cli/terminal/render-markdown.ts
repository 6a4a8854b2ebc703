import { alignColumns } from './align-columns.ts';
import type { Terminal } from './terminal.ts';
import { wrapText } from './wrap-text.ts';

const INDENT = '  ';
const RULE = /^\|(?:\s*:?-+:?\s*\|)+$/;

type Look = Pick<Terminal, 'paint' | 'columns'>;

/**
 * Renders Markdown for whoever reads it at a terminal: headings, paragraphs, lists, tables and fenced code, as the guides have them.
 * Of a table that is too wide, each cell has lines of its own, with the heading of its column where there are more than two.
 */
export function renderMarkdown(markdown: string, look: Look): string {
  return blocksOf(markdown)
    .map((lines) => renderBlock(lines, look).join('\n'))
    .join('\n\n');
}

/** The lines between blank ones; code keeps its own blank lines, and a heading is alone. */
function blocksOf(markdown: string): readonly (readonly string[])[] {
  const blocks: string[][] = [];
  let block: string[] = [];
  let isCode = false;
  const close = () => {
    if (block.length > 0) blocks.push(block);
    block = [];
  };
  for (const line of markdown.split('\n')) {
    const isFence = line.startsWith('```');
    if (isFence && !isCode) close();
    if (line !== '' || isCode) block.push(line);
    if (isFence) isCode = !isCode;
    if ((line === '' || isFence || line.startsWith('#')) && !isCode) close();
  }
  close();
  return blocks;
}

function renderBlock(lines: readonly string[], look: Look): readonly string[] {
  const [first = ''] = lines;
  if (first.startsWith('```')) return lines.slice(1, -1).map((line) => `${INDENT}${line}`.trimEnd());
  if (first.startsWith('#')) return [look.paint('bold', plain(first.replace(/^#+ /, '')))];
  if (first.startsWith('|')) return renderTable(lines, look);
  return paragraphsOf(lines).flatMap((text) =>
    wrapText(plain(text), look.columns, text.startsWith('- ') ? INDENT : ''),
  );
}

/** The lines of a paragraph as one, and each item of a list as one. */
function paragraphsOf(lines: readonly string[]): readonly string[] {
  const texts: string[] = [];
  for (const line of lines) {
    if (texts.length === 0 || line.startsWith('- ')) texts.push(line);
    else texts[texts.length - 1] += ` ${line.trim()}`;
  }
  return texts;
}

function renderTable(lines: readonly string[], { paint, columns }: Look): readonly string[] {
  const [heading = [], ...rows] = lines.filter((line) => !RULE.test(line)).map(cellsOf);
  const hasHeading = heading.some((cell) => cell !== '');
  const aligned = alignColumns([...(hasHeading ? [heading] : []), ...rows]);
  if (aligned.every((line) => line.length <= columns))
    return aligned.map((line, index) => (index === 0 && hasHeading ? paint('bold', line) : line));
  const labels = heading.length > 2 ? heading.map((label) => (label === '' ? '' : `${label}: `)) : [];
  return rows.flatMap(([first = '', ...rest]) => [
    ...wrapText(first, columns).map((line) => paint('bold', line)),
    ...rest.flatMap((cell, at) =>
      cell === '' ? [] : wrapText(`${INDENT}${labels[at + 1] ?? ''}${cell}`, columns, INDENT),
    ),
  ]);
}

/** The texts between bars; a bar of a text has a backslash. */
function cellsOf(line: string): readonly string[] {
  return line
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map((cell) =>
      plain(
        cell
          .trim()
          .replaceAll('\\|', '|')
          .replace(/,?<br>/g, ', '),
      ),
    );
}

/** In the place of code while marks are taken away; no guide has it. */
const CODE = '\0';

/** Text without marks but those of code: what is in them is typed as it is. Of a link to elsewhere, the address is shown. */
function plain(text: string): string {
  const code: string[] = [];
  return text
    .replace(/`[^`]*`/g, (typed) => {
      code.push(typed);
      return CODE;
    })
    .replace(/\[([^\]]*)\]\((https?:[^)]*)\)/g, (_, label, url) =>
      label === url ? url : `${label} (${url})`,
    )
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\*\*(\S(?:[^*]*\S)?)\*\*/g, '$1')
    .replace(/(?<![\w*])\*(?![\s*])([^*]*[^\s*])\*(?![\w*])/g, '$1')
    .replaceAll(CODE, () => code.shift() ?? '');
}
