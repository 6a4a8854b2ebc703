import type { ConfigurationProblem } from '../../../application/ports/configuration-source.ts';
import { looksSecret } from '../../../domain/policy/redact-urls.ts';
import { checkValue } from '../checks/check-layers.ts';
import { problemAt } from '../checks/problems.ts';
import type { ConfigurationHost } from '../configuration-host.ts';
import { secretInFile } from '../schema/settings.ts';
import { decodeSetting } from './decode-setting.ts';
import type { GivenSetting } from './given-setting.ts';
import type { GivenSettings } from './merge-layers.ts';
import { readSourceText } from './read-source-text.ts';

export interface SecretsFromFiles {
  readonly given: GivenSettings;
  readonly problems: readonly ConfigurationProblem[];
}

/** The key itself may stand where the path of its file belongs. */
function describePath(path: string): string {
  return path.split(/[\\/]/).some(looksSecret)
    ? 'a path that is not shown, since it looks like a key'
    : `"${path}"`;
}

/** The secrets whose files are named. Their schemas drop the line end that editors and `echo` leave. */
export async function readSecretFiles(
  host: ConfigurationHost,
  effective: GivenSettings,
): Promise<SecretsFromFiles> {
  const given = new Map<string, GivenSetting>();
  const problems: ConfigurationProblem[] = [];
  for (const named of effective.values()) {
    const { setting: file } = named;
    const secret = secretInFile(file);
    if (secret === undefined || typeof named.value !== 'string') continue;
    const source = await readSourceText(host, named.value);
    if ('failure' in source || source.text.trim() === '') {
      const failure = 'failure' in source ? source.failure : 'it is empty';
      const message = `Expected ${file.key} to be a file to read, got ${describePath(named.value)}: ${failure}`;
      problems.push(problemAt(named.place, { key: file.key, message }));
    } else {
      given.set(secret.key, {
        setting: secret,
        value: decodeSetting(secret, source.text),
        place: named.place,
      });
    }
  }
  return { given, problems: [...problems, ...[...given.values()].flatMap(checkValue)] };
}
