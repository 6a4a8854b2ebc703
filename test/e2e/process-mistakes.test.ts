import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { cleanExit, killStartedServers, startServer } from '../support/start-server.ts';

const test = suite('What nobody foresaw');
test.after(killStartedServers);

test('a rejection that nobody handles is logged, and the server goes on', async () => {
  const server = startServer('fixture');
  await server.initialize();
  await server.request(1, 'tools/call', { name: 'forget', arguments: {} });
  assert.equal((await server.request(2, 'ping')).result, {});
  assert.equal(await server.close(), cleanExit);
  assert.match(server.stderr, /^error A rejection that nobody handled .*nobody waits for this/);
});

test.run();
