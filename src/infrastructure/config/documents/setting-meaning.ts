import * as v from 'valibot';
import type { Setting } from '../schema/settings.ts';

/** The meaning of a setting, in sentences of Markdown: for the reference, editors and the initial file alike. */
export function meaningOf({ description, unit, choices, schema, secret }: Setting): string {
  // Older spellings of a choice come out as the one it has now.
  const values = [...new Set(choices.map((choice) => v.parse(schema, choice) as string))];
  const sentences = [
    unit === undefined ? description : `${description}, in ${unit}`,
    ...(values.length > 1 ? [`One of ${values.map((value) => `\`${value}\``).join(', ')}`] : []),
    ...(secret ? ['Secret'] : []),
  ];
  return sentences.map((sentence) => `${sentence}.`).join(' ');
}
