import * as v from 'valibot';
import { type Setting, settings } from './settings.ts';

const HEADER = ['Key', 'Default', 'Environment variable', 'Meaning'];

/** The table of all settings for the README, in Markdown. */
export function configurationReference(): string {
  const rows = settings.map((setting) => [
    code(setting.key),
    describeDefault(setting),
    setting.variables.map(code).join('<br>'),
    describeMeaning(setting),
  ]);
  const lines = [HEADER, HEADER.map(() => '---'), ...rows].map((cells) => cells.map(escapeCell).join(' | '));
  return `${lines.map((line) => `| ${line} |`).join('\n')}\n`;
}

function describeDefault({ defaultValue }: Setting): string {
  if (defaultValue === undefined || (Array.isArray(defaultValue) && defaultValue.length === 0)) return 'none';
  return code(String(defaultValue));
}

function describeMeaning({ description, unit, choices, schema, secret }: Setting): string {
  // Older spellings of a choice come out as the one it has now.
  const values = [...new Set(choices.map((choice) => v.parse(schema, choice) as string))];
  return [
    unit === undefined ? description : `${description}, in ${unit}`,
    ...(values.length > 1 ? [`One of ${values.map(code).join(', ')}`] : []),
    ...(secret ? ['Secret'] : []),
  ]
    .map((sentence) => `${sentence}.`)
    .join(' ');
}

function code(text: string): string {
  return `\`${text}\``;
}

function escapeCell(text: string): string {
  return text.replaceAll('|', '\\|');
}
