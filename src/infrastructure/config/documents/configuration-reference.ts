import { allSettings, type Setting } from '../schema/settings.ts';
import { fateOf, olderKeys } from '../sources/older-names.ts';
import { meaningOf } from './setting-meaning.ts';

const HEADER = ['Key', 'Default', 'Environment variable', 'Meaning'];

/** The table of all settings for the README, and what becomes of older keys, in Markdown. */
export function configurationReference(): string {
  const settings = allSettings().filter(({ ofOneSignal }) => !ofOneSignal);
  const rows = settings.map((setting) => [
    code(setting.key),
    describeDefault(setting),
    setting.variables.map(code).join('<br>'),
    meaningOf(setting),
  ]);
  const lines = [HEADER, HEADER.map(() => '---'), ...rows].map((cells) => cells.map(escapeCell).join(' | '));
  const table = lines.map((line) => `| ${line} |`).join('\n');
  return [table, describeSignals(), describeOlderKeys()].join('\n\n');
}

/** Told once for all three: each has the same settings. */
function describeSignals(): string {
  const ofOne = allSettings().filter(({ ofOneSignal }) => ofOneSignal);
  const sections = new Set(ofOne.map(({ path }) => code(path.slice(0, -1).join('.'))));
  const names = new Set(ofOne.map(({ path }) => code(path.at(-1) ?? '')));
  return (
    `Each signal can go another way: ${[...sections].join(', ')} take ${[...names].join(', ')}, as ${code('telemetry')} has them. ` +
    'An endpoint of one signal is used as it is, and gets no key of TelemetryFlow.'
  );
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
