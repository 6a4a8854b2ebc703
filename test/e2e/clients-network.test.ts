import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { connectTo, networkClients } from '../support/network-client.ts';
import { killNetworkServers, NetworkServer } from '../support/network-server.ts';
import { eraOf } from '../support/official-client.ts';
import { productTools } from '../support/product-tools.ts';
import type { Frame } from '../support/server-process.ts';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'clients-network-')));
const textOf = ({ content }: Frame) => content[0].text;

const test = suite('official clients over the network');
test.after(killNetworkServers);
test.after(() => rmSync(folder, { recursive: true, force: true }));

// Clients are asked for their complaints before they close: what they then cut off themselves they complain of, too.
const fixture = await NetworkServer.start();

for (const each of networkClients) {
  const { name, path } = each;

  test(`${name} ${path}: lists, calls, reads, gets and completes`, async () => {
    const { client, callTool, complaints } = await connectTo(fixture, each);
    assert.ok((await client.listTools()).tools.length > 10);
    assert.is(textOf(await callTool({ name: 'echo', arguments: { message: 'hi' } }, {})), 'Echo: hi');
    assert.is((await client.readResource({ uri: 'test://static' })).contents[0].text, 'unchanged');
    const { messages } = await client.getPrompt({ name: 'greet', arguments: { name: 'Ada' } });
    assert.is(messages[0].content.text, 'Greet Ada');
    const ref = { type: 'ref/prompt', name: 'greet' };
    const { completion } = await client.complete({ ref, argument: { name: 'name', value: 'name-149' } });
    assert.equal(completion.values, ['name-149']);
    assert.equal(complaints, []);
    await client.close();
  });

  test(`${name} ${path}: is told of progress, and cancels`, async () => {
    const { client, callTool, complaints } = await connectTo(fixture, each);
    const told: number[] = [];
    const uri = `test://${name} ${path}`;
    // Not before all was told: what SDK v1 reads together with the answer it takes for late.
    const onprogress = ({ progress }: Frame) => {
      told.push(progress);
      if (progress === 3) void callTool({ name: 'touch', arguments: { uri } }, {});
    };
    const call = await callTool({ name: 'progress', arguments: { steps: 3, until: uri } }, { onprogress });
    assert.is(textOf(call), 'done');
    assert.equal(told, [1, 2, 3]);
    const controller = new AbortController();
    const slow = callTool({ name: 'slow', arguments: { ms: 60_000 } }, { signal: controller.signal });
    setTimeout(() => controller.abort('no more'), 50);
    assert.match(String(await slow.catch((error: Error) => error)), /no more|abort/i);
    assert.is(
      textOf(await callTool({ name: 'echo', arguments: { message: 'still here' } }, {})),
      'Echo: still here',
    );
    assert.equal(complaints, []);
    await client.close();
  });

  test(`${name} ${path}: has its answer where the server ends streams after a time`, async () => {
    const impatient = await NetworkServer.start({ network: { streamTimeout: 0.1 } });
    const { client, callTool, complaints } = await connectTo(impatient, each);
    const [slow, other] = await Promise.all([
      callTool({ name: 'slow', arguments: { ms: 1500 } }, {}),
      callTool({ name: 'echo', arguments: { message: 'hi' } }, {}),
    ]);
    assert.equal([textOf(slow), textOf(other)], ['slept 1500', 'Echo: hi']);
    assert.equal(complaints, []);
    await client.close();
    await impatient.stop();
  });

  test(`${name} ${path}: answers questions`, async () => {
    const answers = {
      'elicitation/create': async () => ({ action: 'accept', content: { name: 'Ada' } }),
      'roots/list': async () => ({ roots: [{ uri: 'file:///somewhere' }] }),
    };
    const capabilities = { elicitation: {}, roots: {} };
    const { client, callTool, complaints } = await connectTo(fixture, each, { capabilities, answers });
    assert.is(
      textOf(await callTool({ name: 'ask_twice', arguments: {} }, {})),
      'Ada and Ada in file:///somewhere',
    );
    assert.equal(complaints, []);
    await client.close();
  });

  test(`${name} ${path}: hears of changes`, async () => {
    const { client, v2, callTool, complaints, notifications } = await connectTo(fixture, each);
    if (eraOf(name) === 'modern') await v2?.listen({ toolsListChanged: true } as never);
    const isHeard = () => notifications.some(({ method }) => method === 'notifications/tools/list_changed');
    // The stream for it opens beside the handshake: it is there once something came.
    for (let attempt = 1; !isHeard(); attempt++) {
      const tool = `${name} ${path} ${attempt}`.replace(/\W/g, '_');
      await callTool({ name: 'add_tool', arguments: { name: tool } }, {});
    }
    await client.close();
    assert.equal(
      complaints.filter((text) => !/abort|closed/i.test(text)),
      [],
    );
  });
}

test('sessions end as their clients want it', async () => {
  const { client, transport, complaints } = await connectTo(fixture, { name: 'SDK v1', path: '/mcp' });
  const id = transport.sessionId;
  await transport.terminateSession();
  assert.equal(complaints, []);
  await client.close();
  const headers = {
    'Mcp-Session-Id': id,
    'Content-Type': 'application/json',
    Accept: 'application/json, text/event-stream',
  };
  const answer = await fetch(fixture.url(), {
    method: 'POST',
    headers,
    body: '{"jsonrpc":"2.0","id":1,"method":"ping"}',
  });
  assert.is(answer.status, 404);
});

for (const kind of ['bundle', 'binary'] as const) {
  test(`the product's ${kind} serves them all`, async () => {
    const product = await NetworkServer.start({ kind, args: ['--allow', folder], cwd: folder });
    for (const each of networkClients) {
      const { client, callTool, complaints } = await connectTo(product, each);
      const { tools } = await client.listTools();
      assert.equal(
        tools.map((tool: Frame) => tool.name),
        productTools.filter((tool) => tool !== 'execute_command'),
      );
      const path = join(folder, 'file.txt');
      const written = await callTool({ name: 'write_file', arguments: { path, content: each.name } }, {});
      assert.is(written.isError, undefined);
      assert.is(textOf(await callTool({ name: 'read_file', arguments: { path } }, {})), each.name);
      assert.equal(complaints, []);
      await client.close();
    }
    await product.stop();
  });
}

test('the server ends well after all that', () => fixture.stop());

test.run();
