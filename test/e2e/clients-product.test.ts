import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { clientNames } from '../support/create-sdk-client.ts';
import { connect, eraOf, killServers } from '../support/official-client.ts';
import { productTools } from '../support/product-tools.ts';

for (const server of ['binary', 'bundle'] as const) {
  for (const name of clientNames) {
    const test = suite(`${name} with the product's ${server}`);
    test.after(killServers);

    test('reads who the server is', async () => {
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

    test('lists and calls the tools', async () => {
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

    test('reads what it did wrong', async () => {
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
      test('pings', async () => {
        const { client, close } = await connect(name, server);
        assert.equal(await client.ping(), {});
        await close();
      });
    }

    test.run();
  }
}
