import type {
  ConfigurationReport,
  EffectiveSetting,
} from '../../../application/ports/configuration-source.ts';
import type { ConfigInvocation, InitConfigInvocation, ReportInvocation } from '../command-line/invocation.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { type ExitCode, exitCodes } from '../failures/exit-codes.ts';
import { tellFile, tellNotices, tellProblems } from '../failures/messages.ts';
import { codeOfProblems } from '../failures/report-failure.ts';
import { InvalidConfiguration } from '../failures/require-prepared.ts';
import type { CliServices } from '../services.ts';
import { alignColumns } from '../terminal/align-columns.ts';
import { printJson } from '../terminal/json-output.ts';
import type { Paint, Terminal } from '../terminal/terminal.ts';

/** Shows what holds and who said so, or what a file can hold. @throws InvalidConfiguration */
export async function config(
  { request, json, schema }: ConfigInvocation,
  { configuration }: CliServices,
  terminal: Terminal,
): Promise<ExitCode> {
  if (schema) {
    printJson(await configuration.schema(), terminal);
    return exitCodes.done;
  }
  const report = await configuration.load(request);
  if (report.problems.length > 0) throw new InvalidConfiguration(report);
  if (json) {
    printJson(settingsByKey(report), terminal);
  } else {
    tellFile(report.file, terminal);
    tellNotices(report.notices, terminal);
    terminal.print(settingsTable(report.settings, terminal.paint));
  }
  return exitCodes.done;
}

function settingsByKey({ file, settings, notices }: ConfigurationReport) {
  const entries = settings.map(({ key, value, origin }) => [key, { value: value ?? null, origin }]);
  return { file: file ?? null, settings: Object.fromEntries(entries), notices };
}

function settingsTable(settings: readonly EffectiveSetting[], paint: Paint): string {
  const rows = settings.map(({ key, value, origin }) => [key, showValue(value), origin]);
  const [heading = '', ...lines] = alignColumns([['SETTING', 'VALUE', 'ORIGIN'], ...rows]);
  return [paint('bold', heading), ...lines].join('\n');
}

function showValue(value: EffectiveSetting['value']): string {
  if (value === undefined) return '-';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Says whether the server would start, and why not. */
export async function validate(
  { request, json }: ReportInvocation,
  { configuration }: CliServices,
  terminal: Terminal,
): Promise<ExitCode> {
  const { file, notices, problems, isMistyped } = await configuration.load(request);
  const valid = problems.length === 0;
  if (json) {
    printJson({ valid, file: file ?? null, notices, problems }, terminal);
  } else {
    tellFile(file, terminal);
    tellNotices(notices, terminal);
    if (valid) terminal.print('valid');
    else tellProblems(problems, terminal);
  }
  return valid ? exitCodes.done : codeOfProblems(isMistyped);
}

/** Endings of files that editors and people take for another format. */
const OTHER_FORMAT = /\.(?:json[5c]?|toml|ini|env|xml|js|ts)$/i;

/**
 * Writes a configuration to begin with, and prints its path.
 * @throws UsageError for a name that promises another format, DomainError where it can't be written
 */
export async function initConfig(
  { path: file, force: replace }: InitConfigInvocation,
  { configuration }: CliServices,
  terminal: Terminal,
): Promise<ExitCode> {
  if (file !== undefined && OTHER_FORMAT.test(file))
    throw new UsageError(`Expected PATH to end in .yaml, since the configuration is YAML, got "${file}"`, {
      command: 'init-config',
    });
  terminal.print(await configuration.initialize({ file, replace }));
  return exitCodes.done;
}
