import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { productPlugins } from '../../build/bundle.ts';
import { cache, root } from '../../build/paths.ts';
import { killStartedServers, startServer } from '../support/start-server.ts';

/** Modules that the product evaluates before it reads a byte. Later ones wait behind `import()` and `require()`. */
async function modulesOfStart(): Promise<string[]> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ['src/main.ts'],
    bundle: true,
    plugins: productPlugins,
    write: false,
    metafile: true,
    platform: 'node',
    define: { 'import.meta.env': 'undefined' },
  });
  const found = new Set<string>();
  const follow = (file: string): void => {
    if (found.has(file)) return;
    found.add(file);
    for (const { path, kind } of metafile.inputs[file]?.imports ?? [])
      if (kind === 'import-statement') follow(path);
  };
  follow('src/main.ts');
  return [...found];
}

const test = suite('what a start loads', { modules: [] as string[], folder: '' });

test.before(async (context) => {
  mkdirSync(cache, { recursive: true });
  context.folder = mkdtempSync(join(cache, 'start-'));
  context.modules = await modulesOfStart();
});

test.after(({ folder }) => {
  killStartedServers();
  rmSync(folder, { recursive: true });
});

test('no package', ({ modules }) => {
  assert.ok(modules.includes('src/composition/run-server.ts'));
  assert.equal(
    modules.filter((path) => /node_modules|^optional:/.test(path)),
    [],
  );
});

test('no tool but their table, and nothing that reads text', ({ modules }) => {
  assert.equal(modules.filter((path) => /^src\/application\/(tools|text)\//.test(path)).sort(), [
    'src/application/tools/define/deferred-tool.ts',
    'src/application/tools/tool-table.ts',
  ]);
});

test('no part of Node.js that reading and writing the pipes does not need', ({ folder }) => {
  const tell = join(folder, 'tell.cjs');
  writeFileSync(tell, 'process.on("exit", () => process.stderr.write(process.moduleLoadList.join("\\n")));');
  const floor = join(folder, 'floor.cjs');
  const socket =
    'new (require("node:net").Socket)({ fd: 0, onread: { buffer: Buffer.alloc(9), callback() {} } })';
  writeFileSync(floor, `${socket}.resume(); process.on("SIGTERM", () => {}); process.stdout.write("{}\\n");`);
  const loadedBy = (file: string): string[] => {
    const { stdout, stderr } = spawnSync(process.execPath, ['-r', tell, file], {
      input,
      encoding: 'utf8',
      env: { HOME: folder },
    });
    assert.match(stdout, /\{.*\}\n$/);
    return stderr.split('\n').filter((name) => name.startsWith('NativeModule'));
  };
  const needed = new Set(loadedBy(floor));
  assert.equal(
    loadedBy(join(root, 'dist/tfo-mcp.cjs')).filter((name) => !needed.has(name)),
    [],
  );
});

test('a tool that answers at once does so at its first call', async () => {
  const server = startServer('bundle');
  await server.initialize();
  await server.request('list', 'tools/list'); // the session is confirmed by then
  const echo = { id: 1, method: 'tools/call', params: { name: 'echo', arguments: { message: 'hi' } } };
  const burst = [echo, { id: 2, method: 'ping' }].map((message) =>
    JSON.stringify({ jsonrpc: '2.0', ...message }),
  );
  server.write(`${burst.join('\n')}\n`);
  await server.answer(1);
  await server.answer(2);
  assert.equal(
    server.frames.slice(-2).map(({ id }) => id),
    [1, 2],
  );
  server.end();
});

const input = [
  {
    id: 1,
    method: 'initialize',
    params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'test', version: '1' } },
  },
  { method: 'notifications/initialized' },
  { id: 2, method: 'tools/list' },
]
  .map((message) => `${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`)
  .join('');

test.run();
