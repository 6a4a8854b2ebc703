import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { debianProgram } from '../support/debian-program.ts';
import { snippets } from '../support/documents.ts';
import { HttpClient } from '../support/http-client.ts';
import { killProductServers, startProduct } from '../support/product-server.ts';
import { skip } from '../support/skip.ts';
import { WebSocketClient } from '../support/web-socket-client.ts';

const folder = mkdtempSync(join(tmpdir(), 'tfo-proxies-'));
const proxies: ChildProcess[] = [];
const test = suite('behind a proxy, as the guide has it');
test.after(() => {
  for (const proxy of proxies) proxy.kill();
  killProductServers();
  rmSync(folder, { recursive: true });
});

const HOST = 'mcp.example.com';

const recipe = (language: string): string => {
  const found = snippets().find((snippet) => snippet.language === language);
  assert.ok(found, `a block of ${language} in the guides`);
  return found?.text ?? '';
};

/** A port that was free just now. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  return port;
}

/** The arguments that start a proxy on a port, in front of another. */
type Recipe = (port: number, behind: number) => readonly string[];

const nginx: Recipe = (port, behind) => {
  const map = snippets().find(({ text }) => text.startsWith('map $http_upgrade'));
  mkdirSync(join(folder, 'nginx'), { recursive: true });
  writeFileSync(
    join(folder, 'nginx.conf'),
    `daemon off; pid ${folder}/nginx.pid; error_log stderr; events {}
     http { access_log off; ${map?.text}
       client_body_temp_path ${folder}/nginx; proxy_temp_path ${folder}/nginx; fastcgi_temp_path ${folder}/nginx;
       uwsgi_temp_path ${folder}/nginx; scgi_temp_path ${folder}/nginx;
       server { listen 127.0.0.1:${port}; ${recipe('nginx').replace(':8080', `:${behind}`)} } }`,
  );
  return ['-p', folder, '-c', join(folder, 'nginx.conf')];
};

const caddy: Recipe = (port, behind) => {
  const site = recipe('caddyfile').replace(HOST, `http://${HOST}:${port}`).replace(':8080', `:${behind}`);
  writeFileSync(join(folder, 'Caddyfile'), `{\n  admin off\n}\n${site}`);
  return ['run', '--adapter', 'caddyfile', '--config', join(folder, 'Caddyfile')];
};

async function untilItAnswers(port: number): Promise<void> {
  for (let look = 0; look < 200; look++) {
    const isUp = await fetch(`http://127.0.0.1:${port}/healthz`, { headers: { Host: HOST } }).then(
      () => true,
      () => false,
    );
    if (isUp) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`Expected the proxy to listen on ${port}`);
}

for (const [name, path, argumentsOf] of [
  ['nginx', 'usr/sbin/nginx', nginx],
  ['caddy', 'usr/bin/caddy', caddy],
] as const) {
  const program = debianProgram(name, path);
  const title = `${name} hands on requests, streams and WebSockets`;
  if (program === undefined) {
    skip(test, name, title);
    continue;
  }

  test(title, async () => {
    const { port: behind } = await startProduct({ args: ['--allow', folder], env: { ...publicUrl } });
    const port = await freePort();
    const proxy = spawn(program, argumentsOf(port, behind), {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { PATH: process.env['PATH'], HOME: folder },
    });
    proxies.push(proxy);
    await untilItAnswers(port);
    const headers = { Host: HOST };
    const client = new HttpClient(port);
    const listed = await client.modern('tools/list', {}, { headers });
    assert.is(listed.status, 200);
    assert.ok((await listed.json()).result.tools.length > 0);
    const stream = await client.ask({ method: 'GET', path: '/sse', headers });
    // Not before the proxy lets it through: a buffer would keep it.
    const { data } = await stream.untilEvent(({ event }) => event === 'endpoint');
    assert.match(data, /\/messages\?sessionId=/);
    stream.close();
    const socket = await WebSocketClient.connect(port, { headers });
    socket.send({ jsonrpc: '2.0', id: 1, method: 'ping' });
    assert.equal((await socket.until(({ id }) => id === 1)).id, 1);
    socket.socket.close();
    const foreign = await client.modern('tools/list', {}, { headers: { Host: 'evil.example' } });
    assert.not(foreign.text.includes('"tools"'), foreign.text);
  });
}

const publicUrl = {
  TELEMETRYFLOW_MCP_SERVER_PUBLIC_URL: `https://${HOST}`,
};

test.run();
