import { DomainError } from '../../../domain/shared/domain-error.ts';
import { Chat } from '../chat/chat.ts';
import { CHAT_TOOL } from '../chat/chat-turn.ts';
import type { ChatInvocation } from '../command-line/invocation.ts';
import type { ExitCode } from '../failures/exit-codes.ts';
import { tellNotices } from '../failures/messages.ts';
import { requirePrepared } from '../failures/require-prepared.ts';
import type { CliServices, Prepared } from '../services.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { wholeSurface } from '../whole-surface.ts';

const WELCOME = 'Each line is a message to Claude; /help shows what else there is';

/**
 * Talks to Claude, a line at a time, until the input ends.
 * @returns failed where a piped message was not answered: nobody is there to send it again
 * @throws InvalidConfiguration, DomainError where the tool is switched off, or there is no key: before anything is typed
 */
export async function chat(
  { request }: ChatInvocation,
  services: CliServices,
  terminal: Terminal,
  interrupted: AbortSignal,
): Promise<ExitCode> {
  const prepared = await requirePrepared(request, services);
  tellNotices(prepared.notices, terminal);
  try {
    await requireChatTool(prepared);
    requireKey(prepared);
    if (terminal.interactive) terminal.tell(WELCOME);
    const input = await terminal.openInput();
    try {
      return await new Chat(prepared, terminal, input, interrupted).run();
    } finally {
      input.close();
    }
  } finally {
    await prepared.finish();
  }
}

async function requireChatTool({ application }: Prepared): Promise<void> {
  const { tools } = await wholeSurface(application);
  if (tools.some(({ name }) => name === CHAT_TOOL)) return;
  throw new DomainError(
    'tool.not-found',
    'not-found',
    `The tool "${CHAT_TOOL}" is switched off; see tools.disabled and security.read_only`,
  );
}

/** Nobody is there whose model could be asked instead. */
function requireKey({ hasClaudeKey }: Prepared): void {
  if (hasClaudeKey) return;
  throw new DomainError(
    'claude.not-configured',
    'unavailable',
    'There is no API key for Claude: set ANTHROPIC_API_KEY, or claude.api_key_file in tfo-mcp.yaml, and start the chat again',
  );
}
