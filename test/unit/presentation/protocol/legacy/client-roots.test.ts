import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { JsonObject } from '../../../../../src/domain/shared/json.ts';
import { ClientRoots } from '../../../../../src/presentation/protocol/legacy/client-roots.ts';
import { RecordingLogger } from '../../../application/recording-logger.ts';

const test = suite<{ alive: NodeJS.Timeout }>('client-roots');

// The waiting itself holds no process.
test.before((context) => {
  context.alive = setInterval(() => undefined, 1000);
});
test.after(({ alive }) => clearInterval(alive));

/** A client that answers when the test does. */
function silentClient() {
  const logger = new RecordingLogger();
  const answers: ((...uris: readonly string[]) => void)[] = [];
  const replies: ((reply: JsonObject) => void)[] = [];
  const pinned: string[] = [];
  const ask = () =>
    new Promise<JsonObject>((resolve) => {
      replies.push(resolve);
      answers.push((...uris) => resolve({ roots: uris.map((uri) => ({ uri })) }));
    });
  const pinRoots = async (uris: readonly string[]) => void pinned.push(...uris);
  const roots = new ClientRoots({ peer: { ask }, logger, pinRoots, patienceMs: 1 });
  return { roots, answers, replies, pinned, logger };
}

const soon = () => new Promise((resolve) => setImmediate(resolve));

test('are as if none were offered after the wait, and count when they come late', async () => {
  const { roots, answers, logger } = silentClient();
  roots.ask();
  assert.is(await roots.latest, undefined);
  assert.equal(
    logger.records.map(({ fields }) => fields['reason']),
    ['No answer within 0.001 s'],
  );
  answers[0]?.('file:///late');
  await soon();
  assert.equal(await roots.latest, ['file:///late']);
});

for (const [members, usable] of [
  ['[{"uri":"file:///a"},{"uri":null}]', ['file:///a']],
  ['[null,{"uri":"file:///a"},{},"file:///b",[]]', ['file:///a']],
  ['[null]', []],
  ['["file:///a"]', []],
] as const)
  test(`the roots ${members} are those that can be read, and never as if none were offered`, async () => {
    const { roots, replies, pinned, logger } = silentClient();
    roots.ask();
    replies[0]?.({ roots: JSON.parse(members) });
    await soon();
    assert.equal(await roots.latest, usable);
    assert.equal(pinned, usable, 'looked up when they were told');
    assert.match(logger.records[0]?.message ?? '', 'can’t be used');
  });

test('are said to be missing once for each question', async () => {
  const { roots, answers, logger } = silentClient();
  roots.ask();
  await roots.latest;
  answers[0]?.();
  await soon();
  assert.is(await roots.latest, undefined);
  assert.is(logger.records.length, 1);
  roots.ask();
  answers[1]?.();
  await roots.latest;
  assert.is(logger.records.length, 2);
});

test('are none after the wait for new ones, until those come', async () => {
  const { roots, answers } = silentClient();
  roots.ask();
  answers[0]?.('file:///old');
  assert.equal(await roots.latest, ['file:///old']);
  roots.ask();
  assert.equal(await roots.latest, []);
  answers[1]?.('file:///new');
  await soon();
  assert.equal(await roots.latest, ['file:///new']);
});

test('an answer to an older question counts no more', async () => {
  const { roots, answers } = silentClient();
  roots.ask();
  roots.ask();
  answers[1]?.('file:///new');
  assert.equal(await roots.latest, ['file:///new']);
  answers[0]?.('file:///old');
  await soon();
  assert.equal(await roots.latest, ['file:///new']);
});

test.run();
