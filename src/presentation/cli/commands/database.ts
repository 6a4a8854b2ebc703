import { suggestionOf } from '../../../domain/shared/nearest-name.ts';
import type { DatabaseInvocation, MigrateInvocation } from '../command-line/invocation.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { type ExitCode, exitCodes } from '../failures/exit-codes.ts';
import { InvalidConfiguration } from '../failures/require-prepared.ts';
import type { CliServices, DatabaseFile, SchemaSteps } from '../services.ts';
import { alignColumns } from '../terminal/align-columns.ts';
import { printJson } from '../terminal/json-output.ts';
import type { Terminal } from '../terminal/terminal.ts';

const STEPS = ['up', 'status'];
const COPIES = ['backup', 'restore'];

/** Brings the schema up to date, or shows where it is. @throws UsageError, InvalidConfiguration, and DomainError as DatabaseFile */
export async function migrate(
  { request, action, json }: MigrateInvocation,
  services: CliServices,
  terminal: Terminal,
): Promise<ExitCode> {
  requireAction('migrate', action, STEPS);
  if (action === 'up' && json)
    throw new UsageError('Option --json goes with "migrate status"', { command: 'migrate' });
  return await withDatabase(request, services, async (file) => {
    if (action === 'up') {
      await file.migrate();
      const { newest, backup } = await file.status();
      terminal.tell(`The database ${file.path} is up to date (schema ${newest})`);
      if (backup) terminal.tell(describeBackup(backup));
    } else if (json) printJson({ path: file.path, ...(await file.status()) }, terminal);
    else terminal.print(describe(file.path, await file.status()));
  });
}

/** Copies the database, or puts a copy in its place. @throws UsageError, InvalidConfiguration, and DomainError as DatabaseFile */
export async function database(
  { request, action, file: copy }: DatabaseInvocation,
  services: CliServices,
  terminal: Terminal,
): Promise<ExitCode> {
  requireAction('database', action, COPIES);
  return await withDatabase(request, services, async (file) => {
    if (action === 'backup') {
      await file.backUp(copy);
      terminal.tell(`Copied ${file.path} to ${copy}; it has what was said in conversations`);
    } else {
      await file.restore(copy);
      terminal.tell(`The database ${file.path} is now as ${copy} has it`);
    }
  });
}

async function withDatabase(
  request: MigrateInvocation['request'],
  services: CliServices,
  use: (file: DatabaseFile) => Promise<void>,
): Promise<ExitCode> {
  const archive = await services.archive(request);
  if ('problems' in archive) throw new InvalidConfiguration(archive);
  try {
    await use(archive.database);
    return exitCodes.done;
  } finally {
    await archive.close();
  }
}

function requireAction(command: 'migrate' | 'database', action: string, actions: readonly string[]): void {
  if (actions.includes(action)) return;
  throw new UsageError(
    `Expected one of ${actions.join(', ')} after "${command}", got "${action}"${suggestionOf(action, actions)}`,
    { command },
  );
}

function describe(path: string, { current, newest, migrations, backup }: SchemaSteps): string {
  const state = current === 0 ? 'there is none yet' : `schema ${current} of ${newest}`;
  const rows = migrations.map(({ version, name, isApplied }) => [
    `  ${version}`,
    isApplied ? 'done' : 'to do',
    name,
  ]);
  const last = backup === undefined ? [] : [describeBackup(backup)];
  return [`${path}: ${state}`, ...alignColumns(rows), ...last].join('\n');
}

const describeBackup = ({ file, madeAt, keptUntil }: NonNullable<SchemaSteps['backup']>) =>
  `${file} has it as it was on ${madeAt}, before its tables were changed; it is removed on ${keptUntil}`;
