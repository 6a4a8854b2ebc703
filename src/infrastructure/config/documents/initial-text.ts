import { allSections, allSettings, type Setting } from '../schema/settings.ts';
import { meaningOf } from './setting-meaning.ts';

/** Of a comment, without its indentation. */
const WIDTH = 100;

const HEADING = `# Configuration of tfo-mcp. Every setting is here with its meaning and default; without its "#" it holds.
# "tfo-mcp validate" checks this file, and "tfo-mcp config" shows what holds.
#
# An editor with a YAML language server helps, once it knows the schema:
#   tfo-mcp config --schema > tfo-mcp.schema.json
# and, as the first line of this file:
#   # yaml-language-server: $schema=tfo-mcp.schema.json
`;

/** A configuration that says nothing: every setting is in it as a comment, with its meaning and its default. */
export function initialText(): string {
  return [HEADING, ...[...allSections()].map(describeSection)].join('\n');
}

function describeSection(section: string): string {
  const path = section.split('.');
  const indentation = '  '.repeat(path.length - 1);
  const own = allSettings().filter((setting) => setting.path.slice(0, -1).join('.') === section);
  const blocks = own.map((setting) =>
    describeSetting(setting)
      .map((line) => `${indentation}  ${line}\n`)
      .join(''),
  );
  return `${indentation}${path.at(-1)}:\n${blocks.join('\n')}`;
}

function describeSetting(setting: Setting): readonly string[] {
  const { path, defaultValue } = setting;
  const value = defaultValue === undefined ? '' : ` ${yamlOf(defaultValue)}`;
  return [...wrap(meaningOf(setting)).map((line) => `# ${line}`), `#${path.at(-1)}:${value}`];
}

/** JSON is YAML. */
function yamlOf(value: unknown): string {
  return typeof value === 'string' && /^[A-Za-z-]+$/.test(value) ? value : JSON.stringify(value);
}

function wrap(text: string): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= WIDTH)
      lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}
