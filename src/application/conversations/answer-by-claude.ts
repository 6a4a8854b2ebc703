import { modelName } from '../../domain/conversation/conversation-events.ts';
import { textOf } from '../../domain/conversation/message.ts';
import { DomainError } from '../../domain/shared/domain-error.ts';
import { utf8Length } from '../../domain/text/utf8.ts';
import type { Claude, ClaudeReply, ClaudeRequest } from '../ports/claude.ts';
import type { Logger } from '../ports/logger.ts';
import type { RequestContext } from '../request-context.ts';
import type { LanguageModel } from './language-model.ts';

/** No model that the API serves has a smaller context window: what surely fits into it needs no counting. */
const SMALLEST_WINDOW = 200_000;

/** ASCII has about four bytes a token, other writing two or three. */
const FEWEST_BYTES_A_TOKEN = 2;

/** Answers by the API, with a key. */
export function answerByClaude(claude: Claude, logger: Logger): LanguageModel {
  const toldOf = new Set<string>();
  return async (request, { knownTokens, onText }, context) => {
    await tellOfStanding(request.model, context);
    const maxTokens = await fittingTokens(request, knownTokens, context.signal);
    return requireSaid(
      await claude.send({ ...request, maxTokens }, { signal: context.signal, onText }),
      maxTokens,
    );
  };

  async function tellOfStanding(model: string, context: RequestContext): Promise<void> {
    const standing = await claude.standing(model);
    if (standing === 'known') return;
    const message =
      standing === 'retired'
        ? `Model "${modelName(model)}" is retired, or about to be`
        : `Model "${modelName(model)}" is not one that this version knows; it is asked for all the same`;
    context.log('warning', message, 'claude');
    if (toldOf.size >= MOST_TOLD_OF || toldOf.has(model)) return; // the names are the clients'
    toldOf.add(model);
    logger.warn(message);
  }

  /** As many tokens for the answer as the context window has left. @throws DomainError `claude.too-long` */
  async function fittingTokens(
    request: ClaudeRequest,
    knownTokens: number,
    signal: AbortSignal,
  ): Promise<number> {
    const { model, maxTokens } = request;
    if (mostTokens(request, knownTokens) + maxTokens <= SMALLEST_WINDOW) return maxTokens;
    const window = await claude.contextWindow(model, signal);
    if (window === undefined) return maxTokens;
    const used = await claude.countTokens(request, signal);
    if (used < window) return Math.min(maxTokens, window - used);
    throw new DomainError(
      'claude.too-long',
      'invalid',
      `The conversation has ${used} tokens and "${model}" takes ${window}; start a new one by leaving out "conversation_id", or say less`,
      { used, window },
    );
  }
}

const MOST_TOLD_OF = 100;

/** More than they can be: only where that is too much are they counted. */
function mostTokens({ system = '', messages }: ClaudeRequest, knownTokens: number): number {
  const uncounted = knownTokens > 0 ? messages.slice(-1) : messages;
  const texts = uncounted.map(({ content }) => textOf(content));
  if (knownTokens === 0) texts.push(system);
  const bytes = texts.reduce((sum, text) => sum + utf8Length(text), 0);
  return knownTokens + bytes / FEWEST_BYTES_A_TOKEN;
}

function requireSaid(reply: ClaudeReply, maxTokens: number): ClaudeReply {
  if (reply.stopReason === 'refusal') {
    throw new DomainError(
      'claude.refused',
      'forbidden',
      'Claude declined to answer this, and nothing was added to the conversation; put it another way, or start a new conversation',
    );
  }
  if (reply.stopReason === 'max_tokens' && textOf(reply.content).trim() === '') {
    throw new DomainError(
      'claude.max-tokens',
      'exhausted',
      `Claude used up ${maxTokens} tokens before it said anything; raise "max_tokens"`,
      { maxTokens },
    );
  }
  requireNoTool(reply);
  return reply;
}

/**
 * Refuses an answer that waits for the use of a tool: none is offered, so nobody would say what came of it, and the API refuses every
 * message that says something else. Tools that the API uses itself bring their results along.
 */
function requireNoTool({ content, stopReason }: ClaudeReply): void {
  const others = content.flatMap((block) => (block.type === 'other' ? [block.block] : []));
  const results = new Set(others.map((block) => block['tool_use_id']));
  const asked = [
    ...content.filter(({ type }) => type === 'tool_use'),
    ...others.filter(({ type, id }) => String(type).endsWith('tool_use') && !results.has(id)),
  ];
  if (asked.length === 0 && stopReason !== 'tool_use') return;
  throw new DomainError(
    'claude.tool-asked',
    'unavailable',
    'The model asked for a tool although none was offered, and nothing was added to the conversation; ask again, or put it another way',
  );
}
