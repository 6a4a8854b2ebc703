import { once } from 'node:events';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { cleanExit, killStartedServers, startServer } from '../support/start-server.ts';

/** A pipe that is full holds a writer up on every system, and on each in another way: macOS and Windows show theirs in the workflows. */
const test = suite('A stderr that nobody reads');
test.after(killStartedServers);

/** Each logs a line: 250 kB, where a pipe takes 64 KiB, and Node.js reads as much ahead. */
const COUNT = 1000;

function echo(id: number) {
  return {
    jsonrpc: '2.0',
    id,
    method: 'tools/call',
    params: { name: 'echo', arguments: { message: 'hello' } },
  };
}

for (const kind of ['binary', 'bundle'] as const) {
  test(`${kind}: a stderr that nobody reads stalls nothing`, async () => {
    const server = startServer(kind, { args: ['serve', '--debug'] });
    server.child.stderr.pause();
    await server.initialize();
    for (let id = 1; id <= COUNT; id++) server.send(echo(id));
    await server.answer(COUNT);
    for (let id = 1; id <= COUNT; id++)
      assert.is((await server.answer(id)).result.content[0].text, 'Echo: hello');
    server.end();
    server.child.stderr.resume();
    assert.equal(await server.exit(), cleanExit);
    assert.ok(server.stderr.length > 3 * 64 * 1024, `${server.stderr.length} characters`);
  });

  test(`${kind}: a stderr that nobody will ever read keeps nobody from stopping`, async () => {
    const server = startServer(kind, { args: ['serve', '--debug'] });
    server.child.stderr.pause();
    await server.initialize();
    for (let id = 1; id <= COUNT; id++) server.send(echo(id));
    await server.answer(COUNT);
    server.end();
    const [code] = await once(server.child, 'exit', { signal: AbortSignal.timeout(20_000) });
    assert.is(code, 0);
  });
}

test.run();
