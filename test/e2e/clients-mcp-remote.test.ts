// deadline: 300
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import { mcpRemote } from '../support/clients/bridges.ts';
import { testClient } from '../support/clients/client-suite.ts';
import { installClient } from '../support/clients/install-client.ts';
import { killNetworkServers, NetworkServer } from '../support/network-server.ts';

testClient(mcpRemote);

const test = suite('mcp-remote alone');
const home = realpathSync(mkdtempSync(join(tmpdir(), 'mcp-remote-')));
const children: ChildProcessWithoutNullStreams[] = [];
test.after(killNetworkServers);
test.after(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(home, { recursive: true, force: true });
});

let server: NetworkServer;
test.before(async () => {
  server = await NetworkServer.start({ kind: 'binary', cwd: home });
});

function start(script: string, url: string, ...args: string[]): ChildProcessWithoutNullStreams {
  const child = spawn(process.execPath, [installClient('mcp-remote').file(script), url, ...args], {
    env: { PATH: process.env['PATH'], HOME: home, MCP_REMOTE_CONFIG_DIR: home },
  });
  children.push(child);
  return child;
}

for (const [path, strategy] of [
  ['/mcp', 'http-only'],
  ['/sse', 'sse-only'],
] as const) {
  test(`mcp-remote connects to ${path}`, async () => {
    const client = start('mcp-remote/dist/client.js', server.url(path), '--transport', strategy);
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
