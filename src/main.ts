import './presentation/transport/stdout-guard.ts';
import './presentation/cli/failures/fault-guard.ts';
import { cliServices } from './composition/cli-services.ts';
import { runCli } from './presentation/cli/run-cli.ts';
import { processTerminal } from './presentation/cli/terminal/process-terminal.ts';

void runCli(process.argv.slice(2), cliServices(), processTerminal).then(({ code, atOnce }) => {
  process.exitCode = code;
  if (atOnce) process.exit();
});
