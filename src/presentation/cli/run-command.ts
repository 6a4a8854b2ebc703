import type { Invocation } from './command-line/invocation.ts';
import type { ExitCode } from './failures/exit-codes.ts';
import type { CliServices } from './services.ts';
import { interruptible } from './terminal/interruption.ts';
import type { Terminal } from './terminal/terminal.ts';

/** Milliseconds that an interrupted use of the surface has to clean up; whatever else is interrupted ends at once. */
const GRACE = 2000;

const USES: readonly Invocation['command'][] = ['call', 'read', 'prompt', 'chat', 'events'];

/** Runs a command that doesn't serve, and loads only that one. */
export function runCommand(
  invocation: Exclude<Invocation, { command: 'serve' }>,
  services: CliServices,
  terminal: Terminal,
): Promise<ExitCode> {
  terminal.endWithReader();
  return interruptible(
    (signal) => dispatch(invocation, services, terminal, signal),
    USES.includes(invocation.command) ? GRACE : 0,
    // Ctrl-C stops an answer there, not the chat.
    invocation.command === 'chat' ? ['SIGTERM', 'SIGHUP'] : undefined,
  );
}

async function dispatch(
  invocation: Exclude<Invocation, { command: 'serve' }>,
  services: CliServices,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<ExitCode> {
  switch (invocation.command) {
    case 'help':
      return await (await import('./commands/help.ts')).help(invocation, services, terminal);
    case 'version':
      return (await import('./commands/help.ts')).version(services, terminal);
    case 'validate':
      return await (await import('./commands/config.ts')).validate(invocation, services, terminal);
    case 'config':
      return await (await import('./commands/config.ts')).config(invocation, services, terminal);
    case 'init-config':
      return await (await import('./commands/config.ts')).initConfig(invocation, services, terminal);
    case 'info':
      return await (await import('./commands/info.ts')).info(invocation, services, terminal);
    case 'keys':
      return await (await import('./commands/keys.ts')).keys(invocation, services, terminal);
    case 'conversations':
      return await (await import('./commands/conversations.ts')).conversations(
        invocation,
        services,
        terminal,
      );
    case 'events':
      return await (await import('./commands/events.ts')).events(invocation, services, terminal, signal);
    case 'stats':
      return await (await import('./commands/stats.ts')).stats(invocation, services, terminal);
    case 'migrate':
      return await (await import('./commands/database.ts')).migrate(invocation, services, terminal);
    case 'database':
      return await (await import('./commands/database.ts')).database(invocation, services, terminal);
    case 'call':
      return await (await import('./commands/call.ts')).call(invocation, services, terminal, signal);
    case 'read':
      return await (await import('./commands/read.ts')).read(invocation, services, terminal, signal);
    case 'chat':
      return await (await import('./commands/chat.ts')).chat(invocation, services, terminal, signal);
    case 'prompt':
      return await (await import('./commands/prompt.ts')).prompt(invocation, services, terminal, signal);
  }
}
