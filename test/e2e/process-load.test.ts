// deadline: 400
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { cleanExit, killStartedServers, startServer } from '../support/start-server.ts';

function echo(id: number, message: string) {
  return { jsonrpc: '2.0', id, method: 'tools/call', params: { name: 'echo', arguments: { message } } };
}

const test = suite('Load');
test.after(killStartedServers);

for (const kind of ['binary', 'bundle'] as const) {
  test(`${kind}: echoes 9 MB, and refuses what no client would take`, async () => {
    const server = startServer(kind);
    await server.initialize();
    server.send(echo(1, 'ä'.repeat(4_500_000)));
    assert.is((await server.answer(1)).result.content[0].text.length, 'Echo: '.length + 4_500_000);
    server.send(echo(2, 'x'.repeat(20_000_000)));
    assert.is((await server.answer(2)).result.isError, true);
    const prompt = { name: 'explain_code', arguments: { code: 'x'.repeat(11_000_000) } };
    const { error } = await server.request('prompt', 'prompts/get', prompt);
    assert.match(error.message, 'more than clients take in one message');
    assert.equal((await server.request(3, 'ping')).result, {});
    assert.equal(await server.close(), cleanExit);
  });

  test(`${kind}: echoes 100 times 1 MB, all at once`, async () => {
    const server = startServer(kind);
    await server.initialize();
    for (let id = 1; id <= 100; id++) server.send(echo(id, `${id} ${'x'.repeat(1_000_000)}`));
    assert.equal(await server.close(), cleanExit);
    for (let id = 1; id <= 100; id++) {
      const { text } = (await server.answer(id)).result.content[0];
      assert.ok(text.startsWith(`Echo: ${id} x`) && text.length > 1_000_000, `answer ${id}`);
    }
  });
}

test.run();
