import * as v from 'valibot';
import { textOf } from '../../../domain/conversation/message.ts';
import { structuredResult, type ToolResult } from '../../../domain/tool/tool-result.ts';
import type { FinishedTurn } from '../../conversations/conversation-turn.ts';

export const turnOutput = v.strictObject({
  conversation_id: v.string(),
  text: v.string(),
  model: v.string(),
  stop_reason: v.string(),
  /** Tokens of this turn by kind, as the API names them; absent where the client's own model answered. */
  usage: v.optional(v.record(v.string(), v.number())),
});

/** Reasons for a cut, by the API's names, and the ways to get the rest. */
const CUTS: Readonly<Record<string, string>> = {
  max_tokens:
    'The answer was cut at its token limit: ask to go on in the same conversation, with a higher "max_tokens" if need be',
  model_context_window_exceeded:
    'The answer was cut, since the conversation fills what the model can take: start a new one by leaving out "conversation_id"',
};

const SAMPLED = 'This client’s own model answered (sampling), since the server has no API key for Claude';

/** Adds remarks behind the structured result for whoever reads; all facts are in it. */
export function turnResult({ conversation, answer }: FinishedTurn): ToolResult {
  const { usage, stopReason } = answer;
  const value = {
    conversation_id: conversation.id,
    text: textOf(answer.content),
    model: answer.model,
    stop_reason: stopReason,
    ...(usage && {
      usage: {
        input_tokens: usage.inputTokens,
        output_tokens: usage.outputTokens,
        cache_creation_input_tokens: usage.cacheCreationTokens,
        cache_read_input_tokens: usage.cacheReadTokens,
      },
    }),
  };
  const cut = Object.hasOwn(CUTS, stopReason) ? CUTS[stopReason] : undefined;
  const remarks = [usage ? undefined : SAMPLED, cut].filter((remark) => remark !== undefined);
  const result = structuredResult(value);
  if (remarks.length === 0) return result;
  // Without `json`, which is for results whose one text is their value.
  const content = [...result.content, ...remarks.map(remarkBlock)];
  return { content, structuredContent: value, isError: false };
}

const remarkBlock = (text: string) => ({ type: 'text', text }) as const;
