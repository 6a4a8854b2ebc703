import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { clientNames } from '../support/create-sdk-client.ts';
import { connect, eraOf, killServers } from '../support/official-client.ts';
import type { Frame } from '../support/server-process.ts';
import { skip } from '../support/skip.ts';

const LOG_LEVEL = 'io.modelcontextprotocol/logLevel';

const isLog = ({ method }: Frame) => method === 'notifications/message';

for (const name of clientNames) {
  const test = suite(`${name}: notifications`);
  const modern = eraOf(name) === 'modern';
  test.after(killServers);

  test('the client hears of progress', async () => {
    const { callTool, close } = await connect(name, 'fixture');
    const heard: Frame[] = [];
    const onprogress = (progress: Frame) => {
      // SDK v2 drops progress that it reads together with the result: the tool ends once all of it is heard.
      if (heard.push(progress) === 3) void callTool('touch', { uri: 'test://end' });
    };
    await callTool('progress', { steps: 3, until: 'test://end' }, { onprogress });
    assert.equal(heard, [
      { progress: 1, total: 3, message: 'step 1' },
      { progress: 2, total: 3, message: 'step 2' },
      { progress: 3, total: 3, message: 'step 3' },
    ]);
    await close();
  });

  test('the client reads log messages from the level up that it asked for', async () => {
    const { client, notifications, callTool, close } = await connect(name, 'fixture');
    const log = (level: 'debug' | 'error') =>
      modern ? callTool('log', {}, { meta: { [LOG_LEVEL]: level } }) : callTool('log');
    if (!modern) await client.setLoggingLevel('error');
    await log('error');
    assert.equal(
      notifications.filter(isLog).map(({ params }) => params.data),
      ['a failure'],
    );
    if (!modern) await client.setLoggingLevel('debug');
    await log('debug');
    assert.equal(
      notifications.filter(isLog).map(({ params }) => params.level),
      ['error', 'debug', 'info', 'error'],
    );
    await close();
  });

  test('the client cancels a call, and the tool stops', async () => {
    const { notifications, callTool, close } = await connect(name, 'fixture');
    const cancelling = new AbortController();
    const call = callTool('one_at_a_time', { ms: 60_000 }, { signal: cancelling.signal });
    await callTool('echo', { message: 'the call before this one is under way' });
    cancelling.abort('no longer needed');
    assert.instance(await call.catch((error) => error), Error);
    // There is room for one call at a time: this one runs only once the other has stopped.
    assert.not.ok((await callTool('one_at_a_time', { ms: 0 })).isError);
    assert.equal(notifications, []);
    await close();
  });

  test('the client hears that a resource it subscribed to has changed', async () => {
    const { client, v2, notified, callTool, close } = await connect(name, 'fixture');
    const uri = 'test://static';
    const subscription = modern ? await v2?.listen({ resourceSubscriptions: [uri] }) : undefined;
    if (!modern) await client.subscribeResource({ uri });
    else assert.equal(subscription?.honoredFilter, { resourceSubscriptions: [uri] });
    await callTool('touch', { uri: 'test://binary' });
    await callTool('touch', { uri });
    const { params } = await notified(({ method }) => method === 'notifications/resources/updated');
    assert.is(params.uri, uri);
    if (!modern) await client.unsubscribeResource({ uri });
    await subscription?.close();
    await close();
  });

  test('the client hears that the list of tools has changed, and reads the new one', async () => {
    const { client, v2, notified, callTool, close } = await connect(name, 'fixture');
    const subscription = modern ? await v2?.listen({ toolsListChanged: true }) : undefined;
    const before = (await client.listTools()).tools.length;
    await callTool('add_tool', { name: 'brand_new' });
    await notified(({ method }) => method === 'notifications/tools/list_changed');
    const { tools } = await client.listTools();
    assert.is(tools.length, before + 1);
    assert.is(tools.at(-1).name, 'brand_new');
    assert.equal((await callTool('brand_new')).content[0].text, 'brand_new');
    await subscription?.close();
    await close();
  });

  if (modern) {
    const title = 'the client reads the end of a subscription when the server stops';
    const whenStopped = async () => {
      const { v2, server, notifications, close } = await connect(name, 'fixture');
      const subscription = await v2?.listen({ toolsListChanged: true });
      server.kill('SIGTERM');
      assert.is(await subscription?.closed, 'graceful');
      assert.equal(notifications, []);
      await close();
    };
    // Windows has none that can be answered.
    if (process.platform === 'win32') skip(test, 'signals', title);
    else test(title, whenStopped);
  }

  test('the client gives the trace and its own `_meta` to the tool', async () => {
    const { callTool, close } = await connect(name, 'fixture');
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const { content } = await callTool('trace', {}, { meta: { traceparent, 'test/mine': 7 } });
    const { trace, client, mine } = JSON.parse(content[0].text);
    assert.is(trace.traceparent, traceparent);
    assert.is(client, 'test');
    assert.is(mine, 7);
    await close();
  });

  test.run();
}
