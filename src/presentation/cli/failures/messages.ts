import type {
  ConfigurationProblem,
  ConfigurationReport,
} from '../../../application/ports/configuration-source.ts';
import type { Terminal } from '../terminal/terminal.ts';

export function tellError(message: string, terminal: Terminal): void {
  terminal.tell(message, 'error');
}

export function tellWarning(message: string, terminal: Terminal): void {
  terminal.tell(message, 'warning');
}

export function tellFile(file: ConfigurationReport['file'], terminal: Terminal): void {
  terminal.tell(file === undefined ? 'There is no configuration file' : `Configuration file: ${file}`);
}

export function tellNotices(notices: readonly string[], terminal: Terminal): void {
  for (const notice of notices) terminal.tell(notice, 'notice');
}

/** Values of options that their settings refuse, a line each. */
export function tellMistyped(problems: readonly ConfigurationProblem[], terminal: Terminal): void {
  for (const { where, message } of problems) tellError(`${where}: ${message}`, terminal);
}

/** All problems, a line each. */
export function tellProblems(problems: readonly ConfigurationProblem[], terminal: Terminal): void {
  const count = problems.length === 1 ? 'a problem' : `${problems.length} problems`;
  tellError(`The configuration has ${count}`, terminal);
  for (const { where, message } of problems) terminal.tell(`  ${where}: ${message}`);
}
