import { appendFile, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { modernRequestOf, requestOf } from '../../support/in-memory-connection.ts';
import type { Frame } from '../../support/server-process.ts';
import { type FileResourceDesk, fileResourceDesk } from './file-resource-desk.ts';

const test = suite<{ desk: FileResourceDesk }>('resources: files are watched');

const UPDATED = 'notifications/resources/updated';
const ACKNOWLEDGED = 'notifications/subscriptions/acknowledged';

test.before.each(async (context) => {
  const desk = await fileResourceDesk();
  context.desk = desk;
  await mkdir(desk.path(), { recursive: true });
  await writeFile(desk.path('a.txt'), 'one');
  await writeFile(desk.path('b.txt'), 'one');
  await writeFile(join(desk.home, 'secret.txt'), 'secret');
});

test.after.each(({ desk }) => desk.end());

/** As editors save: a new file takes the place of the old. */
async function save(path: string, content: string): Promise<void> {
  await writeFile(`${path}.tmp`, content);
  await rename(`${path}.tmp`, path);
}

/** Resolves when the n-th notification of a change has come. */
const nthChange = async ({ connection }: FileResourceDesk, n: number): Promise<Frame> => {
  const changes = () => connection.frames.filter(({ method }) => method === UPDATED);
  await connection.until(() => changes().length >= n, `change ${n}`);
  return changes()[n - 1];
};

test('legacy: hears of changes, atomic saves included, again and again', async ({ desk }) => {
  const uri = desk.uri('a.txt');
  await desk.connection.initialize();
  await desk.connection.request(1, 'resources/subscribe', { uri });
  const changes = [
    () => save(desk.path('a.txt'), 'two'),
    () => save(desk.path('a.txt'), 'three'),
    () => appendFile(desk.path('a.txt'), 'four'),
    () => rm(desk.path('a.txt')),
    () => writeFile(desk.path('a.txt'), 'five'),
  ];
  for (const [at, change] of changes.entries()) {
    await change();
    assert.equal((await nthChange(desk, at + 1)).params, { uri });
  }
});

test('legacy: who has unsubscribed hears nothing more', async ({ desk }) => {
  await desk.connection.initialize();
  await desk.connection.request(1, 'resources/subscribe', { uri: desk.uri('a.txt') });
  await desk.connection.request(2, 'resources/subscribe', { uri: desk.uri('b.txt') });
  await desk.connection.request(3, 'resources/unsubscribe', { uri: desk.uri('a.txt') });
  await save(desk.path('a.txt'), 'two');
  await save(desk.path('b.txt'), 'two');
  assert.equal((await nthChange(desk, 1)).params, { uri: desk.uri('b.txt') });
});

test('legacy: what can’t be read can’t be subscribed to', async ({ desk }) => {
  await desk.connection.initialize();
  for (const [uri, code] of [
    [`file://${desk.home}/secret.txt`, 'path.outside'],
    [desk.uri('nope.txt'), 'resource.not-found'],
    [desk.uri(), 'file.not-regular'],
  ] as const) {
    const { error } = await desk.connection.request(uri, 'resources/subscribe', { uri });
    assert.is(error.data.code, code);
  }
});

test('modern: hears of what is honoured, and of nothing else', async ({ desk }) => {
  const uri = desk.uri('a.txt');
  const secret = `file://${desk.home}/secret.txt`;
  const resourceSubscriptions = [secret, uri, desk.uri('nope.txt'), 'test://static', 'nope://x'];
  desk.connection.send(
    modernRequestOf(1, 'subscriptions/listen', { notifications: { resourceSubscriptions } }),
  );
  const { params } = await desk.connection.told(ACKNOWLEDGED);
  assert.equal(params.notifications, { resourceSubscriptions: [uri, 'test://static'] });
  await save(join(desk.home, 'secret.txt'), 'two');
  await save(desk.path('a.txt'), 'two');
  assert.is((await nthChange(desk, 1)).params.uri, uri);
});

test('modern: a cancelled subscription ends its watch, and another’s goes on', async ({ desk }) => {
  const uri = desk.uri('a.txt');
  for (const id of ['first', 'second']) {
    const notifications = { resourceSubscriptions: [uri] };
    desk.connection.send(modernRequestOf(id, 'subscriptions/listen', { notifications }));
    await desk.connection.until(
      ({ method, params }) => method === ACKNOWLEDGED && Object.values(params._meta).includes(id),
    );
  }
  desk.connection.send({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 'first' } });
  await save(desk.path('a.txt'), 'two');
  assert.equal(Object.values((await nthChange(desk, 1)).params._meta), ['second']);
});

test('modern: listening ends well even before its watches have begun', async ({ desk }) => {
  const notifications = { resourceSubscriptions: [desk.uri('a.txt')], toolsListChanged: true };
  desk.connection.send(modernRequestOf(1, 'subscriptions/listen', { notifications }));
  desk.connection.connection.endInput();
  assert.is((await desk.connection.answer(1)).result.resultType, 'complete');
  assert.is(desk.connection.frames[0].method, ACKNOWLEDGED);
});

test('modern: one client watches at most 256 resources, over all its subscriptions', async ({ desk }) => {
  const listen = (id: number, count: number) =>
    modernRequestOf(id, 'subscriptions/listen', {
      notifications: {
        resourceSubscriptions: Array.from({ length: count }, (_, n) => `test://item/${id}-${n}`),
      },
    });
  desk.connection.send(listen(1, 200), listen(2, 56), listen(3, 1));
  const { error } = await desk.connection.answer(3);
  assert.match(error.message, 'at most 256');
  desk.connection.send(
    { jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 2 } },
    listen(4, 56),
    requestOf(5, 'ping'),
  );
  await desk.connection.until(({ params }) => Object.values(params?._meta ?? {}).includes(4));
});

test.run();
