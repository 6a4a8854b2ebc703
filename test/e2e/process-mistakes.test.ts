import { setTimeout as delay } from 'node:timers/promises';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { cleanExit, killStartedServers, startServer } from '../support/start-server.ts';

const test = suite('What should not have come');
test.after(killStartedServers);

test('a rejection that nobody handles is logged, and the server goes on', async () => {
  const server = startServer('fixture');
  await server.initialize();
  await server.request(1, 'tools/call', { name: 'forget', arguments: {} });
  assert.equal((await server.request(2, 'ping')).result, {});
  assert.equal(await server.close(), cleanExit);
  const logged = server.stderr.split('\n');
  assert.match(logged[0] ?? '', /^error A rejection that nobody handled .*nobody waits for this/);
  assert.match(logged[1] ?? '', /^error A rejection that nobody handled .*"undefined"/);
});

test('what is refused is logged once a second, with how much that was since', async () => {
  const server = startServer('fixture');
  const refused = () => server.frames.filter(({ error }) => error?.code === -32700).length;
  server.write('no JSON\n'.repeat(3));
  await server.until(() => refused() === 3);
  await delay(1100);
  server.write('no JSON\n');
  await server.until(() => refused() === 4);
  assert.equal(await server.close(), cleanExit);
  const counts = server.stderr.matchAll(/^warn Refused a message .*"count":(\d+)/gm);
  assert.equal(
    [...counts].map(([, count]) => Number(count)),
    [1, 3],
  );
});

test.run();
