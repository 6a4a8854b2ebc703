import * as v from 'valibot';
import type { ConfigurationProblem } from '../../../application/ports/configuration-source.ts';
import { secretInFile } from '../schema/settings.ts';
import type { GivenSetting, Layer } from '../sources/given-setting.ts';
import { problemAt, unexpectedEntries, unexpectedValue } from './problems.ts';

/**
 * The problems of every value that was given, those that a higher layer overrides included: they would
 * stop the start on the day the override goes away.
 */
export function checkLayers(layers: readonly Pick<Layer, 'given'>[]): readonly ConfigurationProblem[] {
  return layers.flatMap(({ given }) => [
    ...[...given.values()].flatMap(checkValue),
    ...secretsGivenTwice(given),
  ]);
}

/** A value's first problem, and that of each entry of a list. */
export function checkValue(given: GivenSetting): readonly ConfigurationProblem[] {
  const placeholders = placeholderProblems(given);
  if (placeholders.length > 0) return placeholders;
  const { issues } = v.safeParse(given.setting.schema, given.value, { abortPipeEarly: true });
  if (issues === undefined) return [];
  const entries = new Map<number, string>();
  for (const { path, message } of issues) {
    const index = path?.[0].key;
    if (typeof index === 'number') entries.set(index, message);
  }
  return entries.size > 0 ? unexpectedEntries(given, entries) : [unexpectedValue(given, issues[0].message)];
}

function secretsGivenTwice(given: Layer['given']): readonly ConfigurationProblem[] {
  return [...given.values()].flatMap(({ setting: file, place }) => {
    const secret = secretInFile(file);
    if (secret === undefined || !given.has(secret.key)) return [];
    const message = `Expected either ${secret.key} or ${file.key}, got both`;
    return [problemAt(place, { key: file.key, message })];
  });
}

/** Placeholders of shells, Docker, VS Code, OpenCode and CI: `${NAME}`, `${env:NAME}`, `${{ secrets.NAME }}`, `$(command)`, `{env:NAME}`. */
const PLACEHOLDER = /\$\{[^}]*\}|\$\([^)]*\)|\{(?:env|file):[^}]*\}/;

/** A value that is nothing but one: `$NAME`, `%NAME%`, `<your key>`. */
const WHOLE_PLACEHOLDER = /^(?:\$[A-Za-z_]\w*|%[A-Za-z_]\w*%|<[^<>]+>)$/;

/** `{{ .Values.name }}`; a folder of templates can have such a name. */
const TEMPLATE = /\{\{.*?\}\}/;

/** A path that begins with one: `$HOME/work`, `%USERPROFILE%\work`. */
const PATH_VARIABLE = /^(?:\$[A-Za-z_]\w*|%[A-Za-z_]\w*%)(?=[\\/]|$)/;

/** Each value or entry that somebody else was to fill in, and didn't: what it meant isn't known, so that it can't hold. */
function placeholderProblems({
  setting,
  value,
  place,
  entryPlaces,
}: GivenSetting): readonly ConfigurationProblem[] {
  const texts: readonly unknown[] = Array.isArray(value) ? value : [value];
  const patterns = [PLACEHOLDER, WHOLE_PLACEHOLDER, setting.holdsPaths ? PATH_VARIABLE : TEMPLATE];
  // Not shown: a placeholder can hold a default, and that a secret.
  const message = `Expected ${setting.key} to be written out, got a placeholder such as "\${NAME}" that nothing has replaced`;
  return texts.flatMap((text, index) => {
    const isFound = typeof text === 'string' && patterns.some((pattern) => pattern.test(text.trim()));
    if (!isFound) return [];
    const which = texts.length > 1 ? `, as entry ${index + 1}` : '';
    return [problemAt(entryPlaces?.[index] ?? place, { key: setting.key, message: `${message}${which}` })];
  });
}
