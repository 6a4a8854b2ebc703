import { createConversation } from '../../../../src/application/commands/create-conversation.ts';
import { sendMessage } from '../../../../src/application/commands/send-message.ts';
import { chooseLanguageModel } from '../../../../src/application/conversations/choose-language-model.ts';
import { EventBus } from '../../../../src/application/events/event-bus.ts';
import type { Claude } from '../../../../src/application/ports/claude.ts';
import {
  getConversation,
  listConversations,
} from '../../../../src/application/queries/read-conversations.ts';
import type { ConversationId } from '../../../../src/domain/conversation/conversation-events.ts';
import { StoredConversations } from '../../../../src/infrastructure/persistence/stored-conversations.ts';
import { memoryStore, plainSettings } from '../../../support/without-claude.ts';
import { CountingIds, countingStamps, ManualClock } from '../manual-clock.ts';
import { RecordingLogger } from '../recording-logger.ts';

/** The use cases of conversations over a repository in memory, and what they told. */
export function conversationDesk(claude: Claude | undefined) {
  const logger = new RecordingLogger('info');
  const events = new EventBus(logger);
  const told: string[] = [];
  for (const type of ['ConversationCreated', 'MessageAdded'] as const)
    events.on(type, (event) => told.push(event.type));
  const clock = new ManualClock();
  const conversations = new StoredConversations(memoryStore());
  const dependencies = {
    ...plainSettings.conversation,
    languageModel: chooseLanguageModel(claude, logger),
    conversations,
    events,
    nextStamp: countingStamps(),
    clock,
    ids: new CountingIds(),
  };
  return {
    logger,
    clock,
    told,
    conversations,
    create: createConversation(dependencies),
    send: sendMessage(dependencies),
    get: getConversation(dependencies),
    list: listConversations(dependencies),
  };
}

export const idOf = (id: string) => id as ConversationId;
