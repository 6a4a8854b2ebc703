// Becomes one bundled file: what the store costs in a process of its own. For the arguments KIND, PATH and more it prints figures as
// one JSON object.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { createEventStamps } from '../../../src/application/event-stamps.ts';
import { Audit } from '../../../src/application/events/audit.ts';
import { EventBus } from '../../../src/application/events/event-bus.ts';
import { UuidV7Generator } from '../../../src/infrastructure/identity/uuid-v7-generator.ts';
import { SqliteDatabase } from '../../../src/infrastructure/persistence/sqlite/sqlite-database.ts';
import { SqliteStore } from '../../../src/infrastructure/persistence/sqlite/sqlite-store.ts';
import { StoredConversations } from '../../../src/infrastructure/persistence/stored-conversations.ts';
import { SystemClock } from '../../../src/infrastructure/system/system-clock.ts';
import { eventOf } from '../../support/contract-store.ts';
import {
  conversationId,
  openConversation,
  settings,
  stamp,
  turnOf,
} from '../../support/sample-conversation.ts';
import { median } from '../statistics.ts';

type Figures = Readonly<Record<string, number>>;

const limits = { maxMessages: 1e6, maxTokens: 1e9 };
const ignore = () => undefined;
const nobody = { enabled: () => false, debug: ignore, info: ignore, warn: ignore, error: ignore };

/** Milliseconds until a database can be used, the loading of SQLite included. */
async function opening(path: string): Promise<Figures> {
  const start = performance.now();
  const database = new SqliteDatabase({ path });
  await database.read(() => undefined);
  const ms = performance.now() - start;
  await database.close();
  return { ms };
}

/** Turns of one conversation, one after the other; begins at a line on stdin, so that the start of processes counts nothing. */
async function turns(path: string, name: string, count: string): Promise<Figures> {
  const database = new SqliteDatabase({ path });
  const conversations = new StoredConversations(new SqliteStore(database));
  await conversations.add(openConversation(name, 'local'));
  const text = 'x'.repeat(100);
  const store = (turn: number) =>
    conversations.update(conversationId(name), (conversation) => {
      const { version } = conversation.snapshot();
      const answer = { content: [{ type: 'text' as const, text }] };
      conversation.addTurn(turnOf(text, answer, `${turn}`), { settings, limits, version }, () => stamp());
    });
  await new Promise((resolve) => process.stdin.once('data', resolve));
  const times: number[] = [];
  const start = performance.now();
  for (let turn = 0; turn < Number(count); turn++) {
    const before = performance.now();
    await store(turn);
    times.push(performance.now() - before);
  }
  const ms = performance.now() - start;
  await database.close();
  process.stdin.destroy();
  return { ms, perSecond: (times.length / ms) * 1000, p50: median(times), longest: Math.max(...times) };
}

/** The time of this program's own work in turns of a conversation of 1,000 messages (2.8 MB), and the part of it that stores. */
async function long(path: string): Promise<Figures> {
  const database = new SqliteDatabase({ path });
  const conversations = new StoredConversations(new SqliteStore(database));
  const id = conversationId('long');
  const text = 'x'.repeat(2800);
  const add = (name: string) =>
    conversations.update(id, (conversation) => {
      const { version } = conversation.snapshot();
      const answer = { content: [{ type: 'text' as const, text }] };
      conversation.addTurn(turnOf(text, answer, name), { settings, limits, version }, () => stamp());
    });
  await conversations.add(openConversation('long', 'local'));
  for (let turn = 0; turn < 500; turn++) await add(`${turn}`);
  const turns: number[] = [];
  const stores: number[] = [];
  for (let turn = 0; turn < 50; turn++) {
    const start = performance.now();
    const conversation = await conversations.find(id);
    await conversations.transcript(id, conversation?.snapshot().messageCount ?? Number.NaN);
    const before = performance.now();
    await add(`more ${turn}`);
    stores.push(performance.now() - before);
    turns.push(performance.now() - start);
  }
  await database.close();
  return { turn: median(turns), store: median(stores) };
}

const LOOP_MS = 4000;
const TICK_MS = 5;

/** The loop's longest turn while so many events a second are stored as the server does it. */
async function loop(path: string, perSecond: string): Promise<Figures> {
  const database = new SqliteDatabase({ path });
  await database.read(() => undefined);
  const events = new EventBus(nobody);
  const clock = new SystemClock();
  const audit = new Audit({
    events,
    store: new SqliteStore(database),
    clock,
    logger: nobody,
    rate: { perMinute: 60 * 5000, burst: 10_000 },
    nextStamp: createEventStamps(clock, new UuidV7Generator()),
  });
  const event = { ...eventOf('e', 'ToolExecuted'), class: 'audit' as const };
  await sleep(500);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const end = performance.now() + LOOP_MS;
  while (performance.now() < end) {
    for (let n = 0; n < (Number(perSecond) * TICK_MS) / 1000; n++) events.publish([event as never]);
    await sleep(TICK_MS);
  }
  delay.disable();
  await audit.close();
  await database.close();
  return { longest: delay.max / 1e6, p99: delay.percentile(99) / 1e6 };
}

const kinds: Readonly<Record<string, (...given: string[]) => Promise<Figures>>> = {
  opening: (path = '') => opening(path),
  turns: (path = '', name = '', count = '') => turns(path, name, count),
  long: (path = '') => long(path),
  loop: (path = '', perSecond = '') => loop(path, perSecond),
};

const [kind = '', ...given] = process.argv.slice(2);
void kinds[kind]?.(...given).then((figures) => console.log(JSON.stringify(figures)));
