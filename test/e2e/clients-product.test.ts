// deadline: 400
import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { clientNames } from '../support/create-sdk-client.ts';
import { connect, eraOf, killServers } from '../support/official-client.ts';
import { productTools } from '../support/product-tools.ts';
import type { Frame } from '../support/server-process.ts';

for (const server of ['binary', 'bundle'] as const) {
  for (const name of clientNames) {
    const test = suite(`${name} with the product's ${server}`);
    test.after(killServers);

    test('the client reads who the server is', async () => {
      const { client, v2, close } = await connect(name, server);
      assert.is(client.getServerVersion().title, 'TelemetryFlow MCP');
      assert.match(client.getServerVersion().version, /^\d+\.\d+\.\d+/);
      assert.ok(client.getServerCapabilities().tools);
      assert.match(client.getInstructions() ?? '', 'system_info');
      if (v2) {
        assert.is(v2.getProtocolEra(), eraOf(name));
        assert.is(v2.getNegotiatedProtocolVersion(), eraOf(name) === 'modern' ? '2026-07-28' : '2025-11-25');
      }
      await close();
    });

    test('the client lists and calls the tools', async () => {
      const { client, callTool, close } = await connect(name, server);
      const { tools } = await client.listTools();
      assert.equal(
        tools.map((tool: { name: string }) => tool.name),
        productTools,
      );
      const echo = await callTool('echo', { message: 'Grüße, 世界 🌍' });
      assert.equal(echo.content, [{ type: 'text', text: 'Echo: Grüße, 世界 🌍' }]);
      // The client holds the result against the output schema that it has listed.
      const info = await callTool('system_info');
      assert.equal(info.structuredContent.server.version, client.getServerVersion().version);
      assert.equal(JSON.parse(info.content[0].text), info.structuredContent);
      await close();
    });

    test('the client works in a folder', async () => {
      const folder = realpathSync(mkdtempSync(join(tmpdir(), 'client-')));
      const { client, callTool, close } = await connect(name, server, { args: ['serve', '--allow', folder] });
      await client.listTools(); // from here on the client holds each result against its output schema
      const file = join(folder, 'sub', 'a.md');
      const content = '# Grüße\nneedle\n';
      const written = await callTool('write_file', { path: file, content, create_dirs: true });
      assert.is(written.structuredContent.bytes_written, 17);
      assert.is(readFileSync(file, 'utf8'), content);
      assert.equal((await callTool('read_file', { path: file })).content, [{ type: 'text', text: content }]);
      const { structuredContent: listing } = await callTool('list_directory', { path: '.', recursive: true });
      assert.equal(
        listing.entries.map(({ path }: Frame) => path),
        ['sub', 'sub/a.md'],
      );
      const search = { path: '.', pattern: '*.md', content: 'needle' };
      assert.equal((await callTool('search_files', search)).structuredContent.matches, [
        { path: 'sub/a.md', line: 2, text: 'needle' },
      ]);
      const command = await callTool('execute_command', { argv: ['cat', 'a.md'], working_dir: 'sub' });
      assert.is(command.structuredContent.stdout, content);
      const failing = await callTool('execute_command', { command: 'exit 3' });
      assert.equal([failing.isError ?? false, failing.structuredContent.exit_code], [false, 3]);
      assert.is((await callTool('read_file', { path: '../x' })).isError, true);
      const uri = pathToFileURL(file).href;
      assert.equal((await client.readResource({ uri })).contents, [
        { uri, mimeType: 'text/markdown', text: content },
      ]);
      await close();
      rmSync(folder, { recursive: true });
    });

    test('the client reads resources, gets prompts, completes arguments', async () => {
      const { client, close } = await connect(name, server);
      assert.is((await client.listResources()).resources.length, 2);
      assert.is((await client.listResourceTemplates()).resourceTemplates[0].uriTemplate, 'file:///{path}');
      const { contents } = await client.readResource({ uri: 'status://health' });
      assert.is(JSON.parse(contents[0].text).status, 'healthy');
      assert.is((await client.listPrompts()).prompts.length, 3);
      const prompt = await client.getPrompt({ name: 'code_review', arguments: { code: 'x = 1' } });
      assert.match(prompt.messages[0].content.text, 'x = 1');
      const ref = { type: 'ref/prompt', name: 'explain_code' };
      const { completion } = await client.complete({ ref, argument: { name: 'detail_level', value: 'd' } });
      assert.equal(completion.values, ['detailed']);
      await close();
    });

    test('the client reads what it did wrong', async () => {
      const { callTool, close } = await connect(name, server);
      const refused = await callTool('echo', { message: 1 });
      assert.is(refused.isError, true);
      assert.match(refused.content[0].text, '"message": expected string, got 1');
      const failure = await callTool('nope').catch((error) => error);
      assert.is(failure.code, eraOf(name) === 'modern' ? -32602 : -32001);
      assert.match(failure.message, 'nope');
      await close();
    });

    if (eraOf(name) === 'legacy') {
      test('the client pings', async () => {
        const { client, close } = await connect(name, server);
        assert.equal(await client.ping(), {});
        await close();
      });
    }

    test.run();
  }
}
