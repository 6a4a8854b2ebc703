import { summarizeEvents } from '../../../application/statistics/summarize-events.ts';
import type { StatsInvocation } from '../command-line/invocation.ts';
import { readSince } from '../command-line/read-since.ts';
import { type ExitCode, exitCodes } from '../failures/exit-codes.ts';
import { InvalidConfiguration } from '../failures/require-prepared.ts';
import type { CliServices } from '../services.ts';
import { describeStatistics } from '../stats/describe-statistics.ts';
import { printJson } from '../terminal/json-output.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** Shows what was called, read and asked. @throws UsageError, InvalidConfiguration, and DomainError as the store */
export async function stats(
  { request, json, since: typed }: StatsInvocation,
  services: CliServices,
  terminal: Terminal,
): Promise<ExitCode> {
  const since = readSince(typed, 'stats');
  const archive = await services.archive(request);
  if ('problems' in archive) throw new InvalidConfiguration(archive);
  try {
    const statistics = await summarizeEvents(archive, since, new Date().toISOString());
    if (json) printJson(statistics, terminal);
    else if (statistics.events === 0) terminal.tell(`Nothing happened since ${since}`);
    else terminal.print(describeStatistics(statistics, terminal));
    return exitCodes.done;
  } finally {
    await archive.close();
  }
}
