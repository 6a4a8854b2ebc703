// Becomes one bundled file. Stores turns of one conversation in a database, for the arguments PATH, ID and COUNT. After each it prints
// the number of turns that were acknowledged so far; at the end, or at the first failure, what came of it.
import { writeSync } from 'node:fs';
import { SqliteDatabase } from '../../../src/infrastructure/persistence/sqlite/sqlite-database.ts';
import { SqliteStore } from '../../../src/infrastructure/persistence/sqlite/sqlite-store.ts';
import { StoredConversations } from '../../../src/infrastructure/persistence/stored-conversations.ts';
import { eventOf } from '../../support/contract-store.ts';
import {
  conversationId,
  openConversation,
  settings,
  stamp,
  turnOf,
} from '../../support/sample-conversation.ts';

const limits = { maxMessages: 1e6, maxTokens: 1e9 };
const say = (line: string) => writeSync(1, `${line}\n`); // at once: what was printed is known even of a killed process

async function storeTurns(path: string, name: string, count: number): Promise<void> {
  const database = new SqliteDatabase({ path });
  const store = new SqliteStore(database);
  const conversations = new StoredConversations(store);
  await conversations.add(openConversation(name));
  for (let turn = 1; turn <= count; turn++) {
    await conversations.update(conversationId(name), (conversation) => {
      const { version } = conversation.snapshot();
      conversation.addTurn(turnOf('x'.repeat(3000)), { settings, limits, version }, () => stamp());
    });
    say(String(turn));
    if (turn % 7 === 0) await store.append(Array.from({ length: 100 }, () => eventOf('audit', 'Audited')));
  }
  await database.close();
}

const [path = '', name = '', count = ''] = process.argv.slice(2);
storeTurns(path, name, Number(count)).then(
  () => say('done'),
  (error) => say(String(error)),
);
