import * as v from 'valibot';
import type { ConversationId } from '../../../domain/conversation/conversation-events.ts';
import type { ConversationSettings } from '../../../domain/conversation/conversation-settings.ts';
import type { Application } from '../../application.ts';
import type { Clock } from '../../ports/clock.ts';
import type { RequestContext } from '../../request-context.ts';
import { optionalText } from '../arguments.ts';
import { defineTool } from '../define/define-tool.ts';
import type { ToolLimits } from '../tool-limits.ts';
import { startTextProgress } from './text-progress.ts';
import { turnOutput, turnResult } from './turn-result.ts';

export interface ClaudeConversationDependencies {
  readonly conversing: Pick<Application['commands'], 'createConversation' | 'sendMessage'>;
  readonly clock: Clock;
  readonly limits: Pick<ToolLimits, 'claudeTimeout'>;
}

/** So many conversations at once; more wait. */
const CONCURRENCY = 4;

const input = v.strictObject({
  message: v.pipe(v.string(), v.description('What to say to Claude')),
  conversation_id: optionalText('Conversation to continue. Default: a new one'),
  system_prompt: optionalText('Instructions for a new conversation. Default: none'),
  model: v.optional(v.pipe(v.string(), v.minLength(1), v.description('From here on. Default: configured'))),
  max_tokens: v.optional(
    v.pipe(
      v.number(),
      v.integer(),
      v.minValue(1),
      v.description('Tokens of the answer, from here on. Default: configured'),
    ),
  ),
  temperature: v.optional(
    v.pipe(v.number(), v.minValue(0), v.maxValue(1), v.description('From here on. Default: the model’s own')),
  ),
});

type Arguments = v.InferOutput<typeof input>;

export const claudeConversationTool = (dependencies: ClaudeConversationDependencies) =>
  defineTool({
    name: 'claude_conversation',
    title: 'Talk to Claude',
    description:
      'Says something to Claude and returns the answer with a conversation_id; give that to continue where it ended.',
    category: 'ai',
    tags: ['ai', 'claude', 'conversation'],
    // It changes nothing but the conversation, which is kept and can be paid for.
    annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: true },
    concurrency: CONCURRENCY,
    timeout: dependencies.limits.claudeTimeout,
    input,
    output: turnOutput,
    handle: (args, context) => converse(args, context, dependencies),
  });

async function converse(
  { message: text, conversation_id, system_prompt: systemPrompt, ...given }: Arguments,
  context: RequestContext,
  { conversing, clock }: ClaudeConversationDependencies,
) {
  const progress = startTextProgress(context, clock);
  try {
    const turn = { text, systemPrompt, settings: settingsOf(given), onText: progress.add };
    const finished =
      conversation_id === undefined
        ? await conversing.createConversation(turn, context)
        : await conversing.sendMessage(
            { ...turn, conversationId: conversation_id as ConversationId },
            context,
          );
    progress.flush();
    return turnResult(finished);
  } finally {
    progress.stop();
  }
}

function settingsOf({
  model,
  max_tokens: maxTokens,
  temperature,
}: Pick<Arguments, 'model' | 'max_tokens' | 'temperature'>): Partial<ConversationSettings> {
  return {
    ...(model !== undefined && { model }),
    ...(maxTokens !== undefined && { maxTokens }),
    ...(temperature !== undefined && { temperature }),
  };
}
