// deadline: 120
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { root } from '../../build/paths.ts';
import { initialize } from '../support/http-client.ts';
import { killNetworkServers, NetworkServer } from '../support/network-server.ts';
import type { Frame } from '../support/server-process.ts';

const test = suite('mcp-remote');
const home = realpathSync(mkdtempSync(join(tmpdir(), 'mcp-remote-')));
const children: ChildProcessWithoutNullStreams[] = [];
test.after(killNetworkServers);
test.after(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(home, { recursive: true, force: true });
});

const server = await NetworkServer.start({ kind: 'binary', cwd: home });

function start(script: string, url: string, ...args: string[]): ChildProcessWithoutNullStreams {
  const file = join(root, 'node_modules/mcp-remote/dist', script);
  const child = spawn(process.execPath, [file, url, ...args], {
    env: { PATH: process.env['PATH'], HOME: home, MCP_REMOTE_CONFIG_DIR: home },
  });
  children.push(child);
  return child;
}

for (const [path, strategy] of [
  ['/mcp', 'http-only'],
  ['/sse', 'sse-only'],
] as const) {
  test(`the bridge brings a client of stdio to ${path}`, async () => {
    const proxy = start('proxy.js', server.url(path), '--transport', strategy);
    const lines = createInterface(proxy.stdout)[Symbol.asyncIterator]();
    const ask = async (message: Frame): Promise<Frame> => {
      proxy.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
      for (;;) {
        const frame = JSON.parse((await lines.next()).value ?? 'null');
        if (frame.id === message.id) return frame;
      }
    };
    assert.is((await ask(initialize())).result.serverInfo.title, 'TelemetryFlow MCP');
    proxy.stdin.write('{"jsonrpc":"2.0","method":"notifications/initialized"}\n');
    const params = { name: 'echo', arguments: { message: 'through the proxy' } };
    const { result } = await ask({ id: 2, method: 'tools/call', params });
    assert.is(result.content[0].text, 'Echo: through the proxy');
    proxy.kill();
  });

  test(`the bridge connects to ${path} itself`, async () => {
    const client = start('client.js', server.url(path), '--transport', strategy);
    let said = '';
    for (const stream of [client.stdout, client.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        said += text;
      });
    }
    while (!/"system_info"/.test(said)) {
      if (client.exitCode !== null) throw new Error(said);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    client.kill();
  });
}

test('the server ends well after all that', () => server.stop());

test.run();
