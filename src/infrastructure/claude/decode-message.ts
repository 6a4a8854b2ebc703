import type { Anthropic } from '@anthropic-ai/sdk';
import type { ClaudeReply } from '../../application/ports/claude.ts';
import type { AssistantBlock } from '../../domain/conversation/message.ts';
import type { JsonObject } from '../../domain/shared/json.ts';

/**
 * The answer in our words; undefined when it doesn't say why it ended, so that it hasn't. Text without a visible character is left
 * out: the API sends such, and refuses to see it again.
 */
export function decodeMessage(message: Anthropic.Message): ClaudeReply | undefined {
  const { content, model, stop_reason: stopReason, usage } = message;
  if (typeof stopReason !== 'string') return undefined;
  return {
    content: content.filter((block) => block.type !== 'text' || block.text.trim() !== '').map(decodeBlock),
    model,
    stopReason,
    usage: {
      inputTokens: usage.input_tokens,
      outputTokens: usage.output_tokens,
      cacheCreationTokens: usage.cache_creation_input_tokens ?? 0,
      cacheReadTokens: usage.cache_read_input_tokens ?? 0,
    },
  };
}

function decodeBlock(block: Anthropic.ContentBlock): AssistantBlock {
  switch (block.type) {
    case 'text':
      return { type: 'text', text: block.text };
    case 'tool_use':
      return { type: 'tool_use', id: block.id, name: block.name, input: block.input as JsonObject };
    default:
      // The SDK reads some inputs only when they are looked at: copied as what was sent.
      return { type: 'other', block: JSON.parse(JSON.stringify(block)) as JsonObject };
  }
}
