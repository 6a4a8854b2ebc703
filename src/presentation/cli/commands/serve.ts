import type { ConfigurationRequest } from '../../../application/ports/configuration-source.ts';
import { type ExitCode, exitCodes } from '../failures/exit-codes.ts';
import { requirePrepared } from '../failures/require-prepared.ts';
import type { CliServices } from '../services.ts';
import type { Terminal } from '../terminal/terminal.ts';

const HINT =
  'tfo-mcp waits for an MCP client on this terminal. Clients start it themselves; for what else it does, see tfo-mcp --help';

/** Serves until the client's session is over. */
export async function serve(
  request: ConfigurationRequest,
  services: CliServices,
  terminal: Terminal,
): Promise<ExitCode> {
  const prepared = await requirePrepared(request, services);
  for (const warning of prepared.warnings)
    terminal.tell(`${terminal.paintMessage('yellow', 'warning:')} ${warning}`);
  if (terminal.interactive && prepared.servesStdio) terminal.tell(HINT);
  await prepared.serve();
  await prepared.finish();
  return exitCodes.done;
}
