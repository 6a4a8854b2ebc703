import { commandNames, isCommandName } from '../command-table.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import type { HelpInvocation } from '../invocation.ts';
import { renderCommandHelp, renderHelp } from '../render-help.ts';
import { suggestion } from '../suggestion.ts';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';

/** @throws UsageError for a command that doesn't exist */
export function help({ topic }: HelpInvocation, terminal: Terminal): ExitCode {
  terminal.print(topic === undefined ? renderHelp(terminal.paint) : helpOf(topic, terminal));
  return exitCodes.done;
}

function helpOf(topic: string, { paint }: Terminal): string {
  if (isCommandName(topic)) return renderCommandHelp(topic, paint);
  throw new UsageError(`Unknown command "${topic}"${suggestion(topic, commandNames)}`);
}
