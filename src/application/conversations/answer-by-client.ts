import type { ContentBlock } from '../../domain/shared/content-block.ts';
import type { Sampling, SamplingAnswer } from '../asking.ts';
import type { ClaudeRequest } from '../ports/claude.ts';
import type { LanguageModel } from './language-model.ts';

/** Answers by the client's own model: sampling. */
export const answerByClient: LanguageModel = async (request, { key }, context) => {
  const { [key]: answer } = await context.ask({ [key]: samplingOf(request) });
  return {
    content: textBlocksOf(answer as SamplingAnswer),
    model: (answer as SamplingAnswer).model,
    stopReason: stopReasonOf(answer as SamplingAnswer),
  };
};

function samplingOf({ model, system, messages, maxTokens, temperature }: ClaudeRequest): Sampling {
  return {
    kind: 'sampling',
    messages: messages.flatMap(({ role, content }) =>
      content.flatMap((block) => samplingBlocks(block).map((one) => ({ role, content: one }))),
    ),
    maxTokens,
    modelHint: model,
    ...(system !== undefined && { systemPrompt: system }),
    ...(temperature !== undefined && { temperature }),
  };
}

/** The blocks that every revision's sampling takes; a tool's use and Claude's thinking mean nothing to another model. */
function samplingBlocks(
  block: ClaudeRequest['messages'][number]['content'][number],
): readonly ContentBlock[] {
  if (block.type === 'text') return [block];
  if (block.type === 'image') return [{ type: 'image', data: block.data, mimeType: block.mediaType }];
  return [];
}

function textBlocksOf({ content }: SamplingAnswer) {
  const blocks = [content].flat();
  return blocks.flatMap(({ type, text }) =>
    type === 'text' && typeof text === 'string' && text !== '' ? [{ type, text } as const] : [],
  );
}

/** MCP says `endTurn` where the API says `end_turn`. */
function stopReasonOf({ stopReason }: SamplingAnswer): string {
  return (stopReason ?? 'endTurn').replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
