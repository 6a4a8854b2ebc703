import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { clientNames } from '../support/create-sdk-client.ts';
import { connect, killServers } from '../support/official-client.ts';
import type { Frame } from '../support/server-process.ts';

const namesOf = (items: Frame[]) => items.map(({ name }) => name);

for (const name of clientNames) {
  const test = suite(`${name}: tools, resources, prompts, completion`);
  test.after(killServers);

  test('the client walks lists of several pages', async () => {
    const { client, close } = await connect(name, 'fixture', { settings: { pageSize: 2 } });
    const all: Record<string, string[]> = { tools: [], resources: [], prompts: [] };
    for (const [list, walk] of [
      ['tools', (params: object) => client.listTools(params)],
      ['resources', (params: object) => client.listResources(params)],
      ['prompts', (params: object) => client.listPrompts(params)],
    ] as const) {
      let page = await walk({});
      all[list]?.push(...namesOf(page[list]));
      while (page.nextCursor !== undefined) {
        assert.is(page[list].length, 2);
        page = await walk({ cursor: page.nextCursor });
        all[list]?.push(...namesOf(page[list]));
      }
    }
    assert.equal(all['tools']?.slice(0, 3), ['echo', 'slow', 'stubborn']);
    assert.is(new Set(all['tools']).size, all['tools']?.length);
    assert.equal(all['resources'], ['static', 'binary', 'asking']);
    assert.equal(all['prompts'], ['plain', 'greet', 'ask']);
    await close();
  });

  test('the client reads a cursor that this server never gave as an error', async () => {
    const { client, close } = await connect(name, 'fixture');
    const failure = await client.listTools({ cursor: 'zzz' }).catch((error) => error);
    assert.is(failure.code, -32602);
    await close();
  });

  test('the client reads resources, listed and by template', async () => {
    const { client, close } = await connect(name, 'fixture');
    const { resourceTemplates } = await client.listResourceTemplates();
    assert.equal(
      resourceTemplates.map(({ uriTemplate }: Frame) => uriTemplate),
      ['test://item/{id}'],
    );
    const [text] = (await client.readResource({ uri: 'test://static' })).contents;
    assert.equal(text, { uri: 'test://static', mimeType: 'text/plain', text: 'unchanged' });
    const [binary] = (await client.readResource({ uri: 'test://binary' })).contents;
    assert.is(Buffer.from(binary.blob, 'base64').toString('latin1', 1, 4), 'PNG');
    const [item] = (await client.readResource({ uri: 'test://item/42' })).contents;
    assert.is(item.text, '{"id":"42"}');
    const failure = await client.readResource({ uri: 'nope://x' }).catch((error) => error);
    // SDK v2 knows the legacy number by its `data.uri` and turns it into the modern one.
    assert.is(failure.code, name === 'SDK v1' ? -32002 : -32602);
    assert.is(failure.data.uri, 'nope://x');
    await close();
  });

  test('the client gets prompts', async () => {
    const { client, close } = await connect(name, 'fixture');
    const { messages } = await client.getPrompt({
      name: 'greet',
      arguments: { name: 'Ada', tone: 'kindly' },
    });
    assert.equal(messages, [{ role: 'user', content: { type: 'text', text: 'Greet Ada, kindly' } }]);
    const missing = await client.getPrompt({ name: 'greet' }).catch((error) => error);
    assert.is(missing.code, -32602);
    await close();
  });

  test('the client completes arguments of prompts and templates', async () => {
    const { client, close } = await connect(name, 'fixture');
    const { completion: names } = await client.complete({
      ref: { type: 'ref/prompt', name: 'greet' },
      argument: { name: 'name', value: 'name-' },
    });
    assert.is(names.values.length, 100);
    assert.is(names.total, 150);
    assert.is(names.hasMore, true);
    const { completion: tones } = await client.complete({
      ref: { type: 'ref/prompt', name: 'greet' },
      argument: { name: 'tone', value: '' },
      context: { arguments: { name: 'name-1' } },
    });
    assert.equal(tones.values, ['formal']);
    const { completion: ids } = await client.complete({
      ref: { type: 'ref/resource', uri: 'test://item/{id}' },
      argument: { name: 'id', value: 't' },
    });
    assert.equal(ids.values, ['two', 'three']);
    await close();
  });

  test('the client reads contents of every kind, and structured results', async () => {
    const { client, callTool, close } = await connect(name, 'fixture');
    await client.listTools();
    const { content } = await callTool('contents');
    assert.equal(
      content.map(({ type }: Frame) => type),
      ['text', 'image', 'audio', 'resource', 'resource_link'],
    );
    const sum = await callTool('sum', { a: 2, b: 3 });
    assert.equal(sum.structuredContent, { sum: 5 });
    assert.equal(JSON.parse(sum.content[0].text), { sum: 5 });
    const refused = await callTool('refuse');
    assert.is(refused.isError, true);
    assert.match(refused.content[0].text, 'This tool refuses');
    await close();
  });

  test('the client takes an answer as large as the client allows, and a refusal of a larger one', async () => {
    const { callTool, close } = await connect(name, 'fixture');
    const nine = await callTool('big', { bytes: 9_000_000 });
    assert.is(nine.content[0].text.length, 9_000_000);
    const twenty = await callTool('big', { bytes: 20_000_000 }).catch((error) => error);
    assert.ok(twenty.isError === true || twenty.code === -32603);
    assert.equal((await callTool('echo', { message: 'still here' })).content[0].text, 'Echo: still here');
    await close();
  });

  test.run();
}
