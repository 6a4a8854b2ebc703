import type { Conversation, ConversationSnapshot } from '../../domain/conversation/conversation.ts';
import type { ConversationRepository } from '../../domain/conversation/conversation-repository.ts';
import type {
  ConversationLimits,
  ConversationSettings,
} from '../../domain/conversation/conversation-settings.ts';
import type { MessageId, Turn, UserBlock } from '../../domain/conversation/message.ts';
import { NO_USAGE, totalTokens } from '../../domain/conversation/usage.ts';
import type { Clock } from '../ports/clock.ts';
import type { IdGenerator } from '../ports/id-generator.ts';
import type { RequestContext } from '../request-context.ts';
import type { LanguageModel, ModelAnswer } from './language-model.ts';
import { transcriptOf } from './own-conversation.ts';

/** The message of one turn, and the settings to ask the model with. */
export interface TurnRequest {
  readonly text: string;
  /** Settings that differ from those in force; they hold from this turn on. */
  readonly settings: Partial<ConversationSettings>;
  /** Called with the answer's text as it comes, in order. */
  readonly onText?: ((text: string) => void) | undefined;
}

/** The result of a turn. */
export interface FinishedTurn {
  readonly conversation: ConversationSnapshot;
  readonly answer: ModelAnswer;
}

export interface TurnDependencies {
  readonly conversations: Pick<ConversationRepository, 'transcript' | 'forgets'>;
  readonly languageModel: LanguageModel;
  readonly limits: ConversationLimits;
  readonly clock: Clock;
  readonly ids: IdGenerator;
}

/** A turn to add to the conversation once the model has answered. */
export interface PreparedTurn {
  readonly turn: Turn;
  readonly settings: ConversationSettings;
  /** The version that was answered. */
  readonly version: number;
  readonly answer: ModelAnswer;
}

/** Has the model answer, and changes nothing: whoever calls adds the turn, or drops it. @throws DomainError of `requireNext`, and of `LanguageModel` */
export async function prepareTurn(
  conversation: Conversation,
  { text, settings: change, onText }: TurnRequest,
  { conversations, languageModel, limits, clock, ids }: TurnDependencies,
  context: RequestContext,
): Promise<PreparedTurn> {
  const { version, systemPrompt, settings: held } = conversation.snapshot();
  const content: readonly UserBlock[] = [{ type: 'text', text }];
  conversation.requireNext(content, limits);
  const askedAt = clock.timestamp();
  const settings = { ...held, ...change };
  const messages = await transcriptOf(conversations, conversation);
  const last = messages.at(-1);
  const answer = await languageModel(
    {
      ...settings,
      system: systemPrompt,
      messages: [...messages, { role: 'user', content }],
    },
    {
      key: `answer-${version}`,
      knownTokens: last?.role === 'assistant' ? totalTokens(last.usage) : 0,
      onText,
    },
    context,
  );
  const { usage = NO_USAGE, ...said } = answer;
  return {
    turn: {
      question: { id: ids.next() as MessageId, role: 'user', content, createdAt: askedAt },
      answer: {
        id: ids.next() as MessageId,
        role: 'assistant',
        ...said,
        usage,
        createdAt: clock.timestamp(),
      },
    },
    settings,
    version,
    answer,
  };
}
