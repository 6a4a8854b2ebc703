import { suite } from 'uvu';
import { MemoryEventFeed } from '../../../src/infrastructure/persistence/memory/memory-event-feed.ts';
import { SqliteEventFeed } from '../../../src/infrastructure/persistence/sqlite/sqlite-event-feed.ts';
import { SqliteStore } from '../../../src/infrastructure/persistence/sqlite/sqlite-store.ts';
import { eventFeedContract } from '../../support/contract-event-feed.ts';
import { sqliteFolder } from '../../support/sqlite-folder.ts';
import { memoryStore } from '../../support/without-claude.ts';

const memory = suite('EventFeed: memory');
eventFeedContract(memory, async () => {
  const store = memoryStore();
  return { store, feed: new MemoryEventFeed(store) };
});
memory.run();

const sqlite = suite('EventFeed: SQLite');
const { newPath, open } = sqliteFolder(sqlite);
eventFeedContract(sqlite, async () => {
  const path = newPath();
  return { store: new SqliteStore(open(path)), feed: new SqliteEventFeed(open(path)) };
});
sqlite.run();
