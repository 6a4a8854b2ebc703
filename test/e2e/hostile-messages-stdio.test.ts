// deadline: 400
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { expectLittleMemory, hostileMessages } from '../support/hostile-messages.ts';
import { cleanExit, killStartedServers, startServer } from '../support/start-server.ts';

const test = suite('hostile messages on stdio');
test.after(killStartedServers);

/** One of each kind: those from the network are all tried. */
const kinds = ['a batch of objects', 'numbers', 'opening brackets', 'an unterminated string', 'escapes'];

for (const { what, make, code } of hostileMessages.filter(({ what: kind }) => kinds.includes(kind))) {
  test(`62 MiB of ${what} do no harm`, async () => {
    const server = startServer('binary');
    await server.initialize('2025-03-26');
    server.write(make(62 * 1024 * 1024));
    server.write('\n');
    await server.until(() => server.frames.length > 1);
    const { error, result } = server.frames[1];
    assert.is(error?.data.code, code);
    if (code === undefined) assert.ok(result.isError);
    assert.equal((await server.request(1, 'ping')).result, {});
    expectLittleMemory(server);
    assert.equal(await server.close(), cleanExit);
  });
}

test('1,000 members of a batch are answered, one more is refused', async () => {
  const server = startServer('binary');
  await server.initialize('2025-03-26');
  const members = Array.from({ length: 1001 }, (_, id) => ({ jsonrpc: '2.0', id, method: 'ping' }));
  server.send(members);
  server.send(members.slice(1));
  await server.until(() => server.frames.some(Array.isArray));
  assert.is(server.frames[1].error.data.code, 'batch.too-long');
  assert.is(server.frames[2].length, 1000);
  assert.equal(await server.close(), cleanExit);
});

test.run();
