import { allSettings, type Setting } from '../schema/settings.ts';
import { fateOf, olderKeys } from '../sources/older-names.ts';
import { meaningOf } from './setting-meaning.ts';

const HEADER = ['Key', 'Default', 'Environment variable', 'Meaning'];

/** The table of all settings for the README, and what becomes of older keys, in Markdown. */
export function configurationReference(): string {
  const rows = allSettings().map((setting) => [
    code(setting.key),
    describeDefault(setting),
    setting.variables.map(code).join('<br>'),
    meaningOf(setting),
  ]);
  const lines = [HEADER, HEADER.map(() => '---'), ...rows].map((cells) => cells.map(escapeCell).join(' | '));
  return `${lines.map((line) => `| ${line} |`).join('\n')}\n\n${describeOlderKeys()}`;
}

function describeOlderKeys(): string {
  const byFate = Map.groupBy(olderKeys, fateOf);
  const lines = [...byFate].map(([fate, keys]) => `- ${keys.map(code).join(', ')}: ${fate}.`);
  return ["Of the older servers' configurations, these keys are accepted as well:", '', ...lines, ''].join(
    '\n',
  );
}

function describeDefault({ defaultValue }: Setting): string {
  if (defaultValue === undefined || (Array.isArray(defaultValue) && defaultValue.length === 0)) return 'none';
  return code(String(defaultValue));
}

function code(text: string): string {
  return `\`${text}\``;
}

function escapeCell(text: string): string {
  return text.replaceAll('|', '\\|');
}
