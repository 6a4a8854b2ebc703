import { suite } from 'uvu';
import { SqliteStore } from '../../../src/infrastructure/persistence/sqlite/sqlite-store.ts';
import { StoredConversations } from '../../../src/infrastructure/persistence/stored-conversations.ts';
import { conversationRepositoryContract } from '../../support/contract-conversation-repository.ts';
import { sqliteFolder } from '../../support/sqlite-folder.ts';
import { memoryStore } from '../../support/without-claude.ts';

const memory = suite('ConversationRepository: in a store in memory');
conversationRepositoryContract(memory, async () => new StoredConversations(memoryStore()));
memory.run();

const sqlite = suite('ConversationRepository: in SQLite');
const { newPath, open } = sqliteFolder(sqlite);
conversationRepositoryContract(sqlite, async () => new StoredConversations(new SqliteStore(open(newPath()))));
sqlite.run();
