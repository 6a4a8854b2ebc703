import type { ConfigurationProblem } from '../../../application/ports/configuration-source.ts';
import type { GivenSetting } from '../sources/given-setting.ts';
import { problemAt } from './problems.ts';

/** Placeholders of shells, Docker, VS Code and CI: `${NAME}`, `${env:NAME}`, `${{ secrets.NAME }}`, `$(command)`. */
const PLACEHOLDER = /\$\{[^}]*\}|\$\([^)]*\)/;

/** `{{ .Values.name }}`; a folder of templates can have such a name. */
const TEMPLATE = /\{\{.*?\}\}/;

/** A path that begins with one: `$HOME/work`, `%USERPROFILE%\work`. */
const PATH_VARIABLE = /^(?:\$[A-Za-z_]\w*|%[A-Za-z_]\w*%)(?=[\\/]|$)/;

/** A value that somebody else was to fill in, and didn't: what it meant isn't known, so that it can't hold. */
export function placeholderProblem({
  setting,
  value,
  place,
}: GivenSetting): ConfigurationProblem | undefined {
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
