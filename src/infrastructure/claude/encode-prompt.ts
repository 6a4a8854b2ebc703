import type { Anthropic } from '@anthropic-ai/sdk';
import type { ClaudeMessage, ClaudePrompt, ClaudeRequest } from '../../application/ports/claude.ts';
import type { ImageBlock, MessageBlock, TextBlock } from '../../domain/conversation/message.ts';

/** Five minutes, renewed by each use: as long as a conversation is a conversation. */
const CACHED = { type: 'ephemeral' } as const;

/** Blocks that carry no mark for the cache, by the API's rule. */
const UNMARKABLE = new Set(['thinking', 'redacted_thinking']);

/** The request to send; members that aren't set are not in it. */
export function encodeRequest(request: ClaudeRequest): Anthropic.MessageCreateParamsStreaming {
  const { maxTokens, temperature, topP, topK } = request;
  return {
    ...encodePrompt(request),
    max_tokens: maxTokens,
    stream: true,
    ...(temperature !== undefined && { temperature }),
    ...(topP !== undefined && { top_p: topP }),
    ...(topK !== undefined && { top_k: topK }),
  };
}

/**
 * The prompt, marked for the API's cache after the system prompt and after the last message that was there before: the next turn
 * has the same beginning. The new message isn't marked, since storing what nobody continues costs a quarter more.
 */
export function encodePrompt({ model, system, messages }: ClaudePrompt) {
  const encoded = messages.map(encodeMessage);
  markLast(encoded.at(-2));
  return {
    model,
    ...(system !== undefined && { system: [{ type: 'text' as const, text: system, cache_control: CACHED }] }),
    messages: encoded,
  };
}

interface Encoded {
  readonly role: ClaudeMessage['role'];
  readonly content: Anthropic.ContentBlockParam[];
}

function encodeMessage({ role, content }: ClaudeMessage): Encoded {
  return { role, content: content.map(encodeBlock) };
}

function encodeBlock(block: MessageBlock): Anthropic.ContentBlockParam {
  switch (block.type) {
    case 'text':
    case 'image':
      return encodePart(block);
    case 'tool_use':
      return { type: 'tool_use', id: block.id, name: block.name, input: block.input };
    case 'tool_result':
      return {
        type: 'tool_result',
        tool_use_id: block.toolUseId,
        content: block.content.map(encodePart),
        is_error: block.isError,
      };
    case 'other':
      // Came from the API, and goes back as it came.
      return block.block as unknown as Anthropic.ContentBlockParam;
  }
}

function encodePart(part: TextBlock | ImageBlock): Anthropic.TextBlockParam | Anthropic.ImageBlockParam {
  if (part.type === 'text') return { type: 'text', text: part.text };
  const media_type = part.mediaType as Anthropic.Base64ImageSource['media_type'];
  return { type: 'image', source: { type: 'base64', media_type, data: part.data } };
}

function markLast(message: Encoded | undefined): void {
  if (message === undefined) return;
  const at = message.content.findLastIndex(({ type }) => !UNMARKABLE.has(type));
  const block = message.content[at];
  if (block !== undefined) message.content[at] = { ...block, cache_control: CACHED } as typeof block;
}
