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
  const placeholder = placeholderProblem(given);
  if (placeholder !== undefined) return [placeholder];
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

/** Placeholders of shells, Docker, VS Code and CI: `${NAME}`, `${env:NAME}`, `${{ secrets.NAME }}`, `$(command)`. */
const PLACEHOLDER = /\$\{[^}]*\}|\$\([^)]*\)/;

/** `{{ .Values.name }}`; a folder of templates can have such a name. */
const TEMPLATE = /\{\{.*?\}\}/;

/** A path that begins with one: `$HOME/work`, `%USERPROFILE%\work`. */
const PATH_VARIABLE = /^(?:\$[A-Za-z_]\w*|%[A-Za-z_]\w*%)(?=[\\/]|$)/;

/** A value that somebody else was to fill in, and didn't: what it meant isn't known, so that it can't hold. */
function placeholderProblem({ setting, value, place }: GivenSetting): ConfigurationProblem | undefined {
  const texts = Array.isArray(value) ? value : [value];
  const patterns = [PLACEHOLDER, setting.holdsPaths ? PATH_VARIABLE : TEMPLATE];
  const found = texts.some(
    (text) => typeof text === 'string' && patterns.some((pattern) => pattern.test(text.trim())),
  );
  if (!found) return undefined;
  // Not shown: a placeholder can hold a default, and that a secret.
  const message = `Expected ${setting.key} to be written out, got a placeholder such as "\${NAME}" that nothing has replaced`;
  return problemAt(place, { key: setting.key, message });
}
