import type { AssistantBlock } from '../../domain/conversation/message.ts';
import type { Usage } from '../../domain/conversation/usage.ts';
import type { ClaudeRequest } from '../ports/claude.ts';
import type { RequestContext } from '../request-context.ts';

export interface ModelAnswer {
  readonly content: readonly AssistantBlock[];
  readonly model: string;
  readonly stopReason: string;
  /** Absent where a client's model answered, which doesn't say. */
  readonly usage?: Usage;
}

export interface AnswerOptions {
  /** Names the question among those of one request, the same in each of its rounds and for the same messages only. */
  readonly key: string;
  /** Tokens that the messages but for the last are known to have; 0 where nobody counted. */
  readonly knownTokens: number;
  readonly onText?: ((text: string) => void) | undefined;
}

/**
 * Has a model answer, Claude's API or the client's own.
 * @throws DomainError `claude.*`, `client.*`, `conversation.answer-empty`; InputRequired (let it pass)
 */
export type LanguageModel = (
  request: ClaudeRequest,
  options: AnswerOptions,
  context: RequestContext,
) => Promise<ModelAnswer>;
