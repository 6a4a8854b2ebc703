import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { TEST_API_KEY } from '../support/anthropic-request.ts';
import { AnthropicServer } from '../support/anthropic-server.ts';
import { HttpClient, HttpSession } from '../support/http-client.ts';
import { killNetworkServers, NetworkServer } from '../support/network-server.ts';
import { runProduct } from '../support/run-product.ts';
import type { Frame } from '../support/server-process.ts';

const test = suite('a database that can’t be used', { home: '' });

const api = await AnthropicServer.start();
test.before.each((context) => {
  context.home = realpathSync(mkdtempSync(join(tmpdir(), 'tfo-mcp-down-')));
});
test.after.each(({ home }) => rmSync(home, { recursive: true, force: true }));
test.after(async () => {
  killNetworkServers();
  await api.close();
});

for (const required of [false, true])
  for (const [what, breakIt] of [
    ['is no database', (path: string) => writeFileSync(path, 'x'.repeat(100_000))],
    ['is a directory', (path: string) => mkdirSync(path)],
  ] as const)
    test(`one that ${what} stops what needs it and nothing else, until it is mended; required: ${required}`, async ({
      home,
    }) => {
      const path = join(home, 'kept.db');
      breakIt(path);
      const server = await NetworkServer.start({
        kind: 'bundle',
        env: {
          HOME: home,
          ANTHROPIC_API_KEY: TEST_API_KEY,
          ANTHROPIC_BASE_URL: api.url,
          TELEMETRYFLOW_MCP_DATABASE_DRIVER: 'sqlite',
          TELEMETRYFLOW_MCP_DATABASE_PATH: path,
          TELEMETRYFLOW_MCP_DATABASE_REQUIRED: String(required),
        },
      });
      const client = new HttpClient(server.port);
      const ready = async () => (await client.ask({ method: 'GET', path: '/readyz' })).status;
      assert.is(await ready(), required ? 503 : 200, 'one that is not required is not opened before its use');
      const session = await HttpSession.open(client);
      let id = 0;
      const call = async (name: string, args: object): Promise<Frame> =>
        (await (await session.call(++id, name, args)).json()).result;
      const health = async () => {
        const { result } = await (
          await session.request(++id, 'resources/read', { uri: 'status://health' })
        ).json();
        return JSON.parse(result.contents[0].text);
      };

      const asked = api.requests.length;
      const failed = await call('claude_conversation', { message: 'Hello' });
      assert.ok(failed.isError);
      assert.is(api.requests.length, asked, 'an answer that can not be kept is not paid for');
      assert.match(failed.content[0].text, /database/);
      assert.not.ok((await call('echo', { message: 'hi' })).isError);
      const { status, backends } = await health();
      assert.equal([status, backends[0].name, backends[0].state], ['degraded', 'database', 'down']);
      assert.ok(failed.content[0].text.includes(backends[0].reason), backends[0].reason);
      assert.is(await ready(), required ? 503 : 200);

      rmSync(path, { recursive: true });
      assert.not.ok((await call('claude_conversation', { message: 'Hello' })).isError);
      assert.equal([(await health()).status, await ready()], ['healthy', 200]);
      await server.stop();
    });

for (const driver of ['sqlite', ''])
  test(`"read status://health" looks at the database; database.driver: "${driver}"`, ({ home }) => {
    const path = join(home, 'kept.db');
    writeFileSync(path, 'x'.repeat(100_000));
    const { code, stdout } = runProduct(['read', 'status://health'], {
      HOME: home,
      ...(driver && { TELEMETRYFLOW_MCP_DATABASE_DRIVER: driver }),
      TELEMETRYFLOW_MCP_DATABASE_PATH: path,
    });
    const { status, backends } = JSON.parse(stdout);
    assert.equal([code, status, backends[0].state], [0, 'degraded', 'down']);
    assert.match(backends[0].reason, /^The file of the database is damaged, or is none/);
  });

test.run();
