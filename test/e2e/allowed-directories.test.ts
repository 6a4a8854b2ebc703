import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ServerProcess } from '../support/server-process.ts';

/** The directories that the tools of a server work in that was just started, as the bundle. */
const test = suite<{ base: string; server: ServerProcess }>('allowed directories, by the bundle');

test.before.each((context) => {
  context.base = realpathSync(mkdtempSync(join(tmpdir(), 'tfo-allowed-')));
  for (const name of ['work', 'other']) mkdirSync(join(context.base, name));
});
test.after.each(({ server, base }) => {
  server.kill();
  rmSync(base, { recursive: true });
});

const writeTo = (path: string) => ({ name: 'write_file', arguments: { path, content: 'x' } });

for (const [what, argsOf] of [
  ['by --allow', (base: string) => ['--allow', join(base, 'work')]],
  ['as the working directory', () => []],
] as const) {
  test(`a directory allowed ${what} stays where it was at the start`, async (context) => {
    const { base } = context;
    context.server = new ServerProcess('bundle', {
      args: ['serve', ...argsOf(base)],
      cwd: join(base, 'work'),
    });
    await context.server.initialize();
    renameSync(join(base, 'work'), join(base, 'aside'));
    symlinkSync(join(base, 'other'), join(base, 'work'));
    const { result } = await context.server.request(1, 'tools/call', writeTo(join(base, 'work', 'new.txt')));
    assert.match(result.content[0].text, 'inside the allowed directories');
    assert.not(existsSync(join(base, 'other', 'new.txt')));
  });
}

test('a client that declares roots and has none works in the working directory, which the log says', async (context) => {
  const work = join(context.base, 'work');
  writeFileSync(join(work, 'a.txt'), 'one');
  context.server = new ServerProcess('bundle', { args: ['serve'], cwd: work });
  const { server } = context;
  await server.initialize('2025-11-25', { roots: { listChanged: true } });
  const question = await server.until(({ method }) => method === 'roots/list');
  server.send({ jsonrpc: '2.0', id: question.id, result: { roots: [] } });
  const { result } = await server.request(1, 'tools/call', {
    name: 'read_file',
    arguments: { path: 'a.txt' },
  });
  assert.is(result.content.at(-1).text, 'one');
  assert.is(server.stderr.split('as if it offered none').length, 2, server.stderr);
});

test('a root that can’t be used is named in the log, with the reason', async (context) => {
  context.server = new ServerProcess('bundle', { args: ['serve'], cwd: join(context.base, 'work') });
  const { server } = context;
  await server.initialize('2025-11-25', { roots: {} });
  const question = await server.until(({ method }) => method === 'roots/list');
  server.send({ jsonrpc: '2.0', id: question.id, result: { roots: [{ uri: 'vscode-remote://ssh/x' }] } });
  const { result } = await server.request(1, 'tools/call', {
    name: 'read_file',
    arguments: { path: 'a.txt' },
  });
  assert.match(result.content[0].text, 'The client offers no directory to work in');
  assert.match(server.stderr, /vscode-remote:\/\/ssh\/x.*neither a file URI/);
});

test.run();
