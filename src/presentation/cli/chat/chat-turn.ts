import type { CallContext } from '../../../application/request-context.ts';
import type { ToolResult } from '../../../domain/tool/tool-result.ts';
import { terminalContext } from '../call/terminal-context.ts';
import { tellError } from '../failures/messages.ts';
import type { Prepared } from '../services.ts';
import { showable } from '../terminal/showable.ts';
import type { Terminal } from '../terminal/terminal.ts';

export const CHAT_TOOL = 'claude_conversation';

/** The result of a turn: the conversation that goes on, undefined if nothing was answered. */
export type TurnOutcome = { readonly conversationId: string } | undefined;

/** Says something through the very tool that clients call, and prints the answer as it comes. */
export async function takeChatTurn(
  message: { readonly text: string; readonly conversationId: string | undefined },
  prepared: Prepared,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<TurnOutcome> {
  let streamed = false;
  const context: CallContext = {
    ...terminalContext(prepared, terminal, signal),
    progress: (_value, _total, text) => {
      if (text === undefined) return;
      streamed = true;
      terminal.printExactly(showable(text, terminal));
    },
  };
  const { text, conversationId } = message;
  const args = { message: text, ...(conversationId !== undefined && { conversation_id: conversationId }) };
  try {
    const result = await prepared.application.commands.executeTool(
      { name: CHAT_TOOL, arguments: args },
      context,
    );
    // A stopped tool's words about that are for nobody; an answer that was there by then is.
    return signal.aborted && result.isError ? undefined : finish(result, streamed, terminal);
  } finally {
    if (streamed) terminal.printExactly('\n');
  }
}

function finish(result: ToolResult, streamed: boolean, terminal: Terminal): TurnOutcome {
  const [first, ...remarks] = result.content.map((block) => (block.type === 'text' ? block.text : ''));
  if (result.isError) {
    tellError(first ?? '', terminal);
    return undefined;
  }
  const { conversation_id, text } = result.structuredContent as { conversation_id: string; text: string };
  if (!streamed) terminal.print(showable(text, terminal));
  for (const remark of remarks) terminal.tell(remark);
  return { conversationId: conversation_id };
}
