import type { ConfigurationRequest } from '../../../application/ports/configuration-source.ts';
import { UNHEARD } from '../../transport/input.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { type ExitCode, exitCodes } from '../failures/exit-codes.ts';
import { requirePrepared } from '../failures/require-prepared.ts';
import type { CliServices, Listening, Prepared } from '../services.ts';
import type { Terminal } from '../terminal/terminal.ts';

const HINT =
  'tfo-mcp waits for an MCP client on this terminal. Clients start it themselves; for what else it does, see tfo-mcp --help';

const NO_DIRECTORY =
  'No directory is allowed, so that file tools refuse every path; give some by --allow DIR or security.allowed_directories';

/** Serves until the client's session is over. @throws UsageError where options have nothing to act on */
export async function serve(
  request: ConfigurationRequest,
  services: CliServices,
  terminal: Terminal,
): Promise<ExitCode> {
  const prepared = await requirePrepared(request, services);
  requireNetwork(request, prepared);
  for (const warning of prepared.warnings) terminal.tell(warning, 'warning');
  if (terminal.interactive && prepared.servesStdio) terminal.tell(HINT);
  const reason = await prepared.serve((listening) => {
    if (terminal.interactive) terminal.tell(describeListening(listening));
    else if (listening.directories.length === 0) prepared.logger.warn(NO_DIRECTORY);
  });
  if (reason === UNHEARD) prepared.logger.warn('The server ends', { reason });
  await prepared.finish();
  return exitCodes.done;
}

/** Settings that mean nothing on stdio. A file may have them for another day; who types them means them now. */
const OF_NETWORK = ['server.host', 'server.port', 'security.insecure'];

function requireNetwork({ flags = [] }: ConfigurationRequest, { servesStdio }: Prepared): void {
  const typed = flags.filter(({ key }) => OF_NETWORK.includes(key)).map(({ flag }) => flag);
  if (!servesStdio || typed.length === 0) return;
  const list = typed.join(' and ');
  throw new UsageError(
    `Expected a network transport beside ${list}, got stdio: add "--transport http", or leave ${list} out`,
    { command: 'serve' },
  );
}

function describeListening({ urls, authentication, directories }: Listening): string {
  const allowed =
    directories.length === 0
      ? 'none, so that file tools refuse every path; give some by --allow DIR'
      : directories.join(', ');
  return [
    `Serving ${urls.join(', ')}`,
    `Authentication: ${authentication}`,
    `Allowed directories: ${allowed}`,
  ].join('\n');
}
