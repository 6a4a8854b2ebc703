import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import * as v from 'valibot';
import { Lifetimes } from '../../../src/composition/lifetimes.ts';
import { openStore } from '../../../src/composition/open-store.ts';
import type { ConfigurationHost } from '../../../src/infrastructure/config/configuration-host.ts';
import { processHost } from '../../../src/infrastructure/config/process-host.ts';
import { configurationSchema } from '../../../src/infrastructure/config/schema/configuration-schema.ts';
import { RecordingLogger } from '../application/recording-logger.ts';

const test = suite('open store');

/** The store of a user without a home. */
function openedWith(database: object) {
  const host: ConfigurationHost = { ...processHost(), environment: {}, homeDirectory: undefined };
  const logger = new RecordingLogger();
  const lifetimes = new Lifetimes(logger);
  const opened = openStore(v.parse(configurationSchema, { database }), { host, logger, lifetimes });
  return { ...opened, logger, lifetimes };
}

test('where there is no home, memory keeps things: said at the first use and in health', async () => {
  const { store, file, logger, lifetimes } = openedWith({});
  assert.is(file, undefined);
  const [backend] = lifetimes.backends();
  assert.equal([backend?.name, backend?.state, backend?.isRequired], ['database', 'down', false]);
  assert.match(`${backend?.reason}`, /no home directory: name a file by database\.path \(until it ends/);
  assert.is(logger.records.length, 0);
  assert.is(await store.find('conversation', 'none'), undefined);
  assert.is(await store.find('conversation', 'none'), undefined);
  assert.equal(
    logger.records.map(({ level, message }) => [level, message]),
    [['warn', 'Conversations and events are kept in memory only']],
  );
});

test('memory that was asked for is no failure', async () => {
  const { store, logger, lifetimes } = openedWith({ driver: 'memory' });
  assert.is(await store.find('conversation', 'none'), undefined);
  assert.equal([lifetimes.backends(), logger.records], [[], []]);
});

test.run();
