// deadline: 300
import { spawn } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { installClient } from '../support/clients/install-client.ts';
import { killNetworkServers, NetworkServer } from '../support/network-server.ts';
import { productTools } from '../support/product-tools.ts';
import type { Frame } from '../support/server-process.ts';

const test = suite('Inspector over the network');
const home = realpathSync(mkdtempSync(join(tmpdir(), 'inspector-network-')));
test.after(killNetworkServers);
test.after(() => rmSync(home, { recursive: true, force: true }));

const server = await NetworkServer.start({ kind: 'binary', cwd: home });

const program = installClient('inspector').file('.bin/mcp-inspector');

/** The Inspector's output of a run that it has nothing to say against. */
async function inspect(path: string, ...args: string[]): Promise<Frame> {
  const transport = path === '/sse' ? 'sse' : 'http';
  const options = ['--cli', server.url(path), '--transport', transport, '--format', 'json', ...args];
  const child = spawn(process.execPath, [program, ...options], {
    env: { PATH: process.env['PATH'], HOME: home },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = new Promise<number | null>((resolve) => child.on('close', resolve));
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), exited]);
  assert.equal([code, stderr], [0, ''], stdout);
  return JSON.parse(stdout).result;
}

for (const [path, era, version] of [
  ['/mcp', 'legacy', '2025-11-25'],
  ['/mcp', 'auto', '2026-07-28'],
  ['/mcp', 'modern', '2026-07-28'],
  ['/sse', 'legacy', '2025-11-25'],
] as const) {
  const run = (...args: string[]) => inspect(path, '--protocol-era', era, '--method', ...args);

  test(`${path} ${era}: connects, finds nothing wrong with the tools, and calls one`, async () => {
    const { protocolVersion, serverInfo } = await run('initialize');
    assert.is(protocolVersion, version);
    assert.is(serverInfo.title, 'TelemetryFlow MCP');
    const { tools } = await run('tools/list', '--strict');
    assert.equal(
      tools.map(({ name }: Frame) => name),
      productTools.filter((name) => name !== 'execute_command'),
    );
    const { content } = await run('tools/call', '--tool-name', 'echo', '--tool-arg', 'message=hi');
    assert.equal(content, [{ type: 'text', text: 'Echo: hi' }]);
  });
}

test('the server ends well after all that', () => server.stop());

test.run();
