import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Frame } from '../support/server-process.ts';
import { cleanExit, killStartedServers, startServer } from '../support/start-server.ts';
import { callTool, refusalOf, toolSuite } from '../support/tool-scene.ts';

const limits = toolSuite('limits of the configuration', 'bundle', {
  configuration: () =>
    'tools: { disabled: [system_info], max_read_bytes: 1024, max_output_bytes: 1025, max_write_bytes: 10,' +
    ' max_entries: 2, max_results: 1, command_timeout: 0.3, max_command_timeout: 5 }',
});

limits('each reaches its tool', async (scene) => {
  for (const name of ['a', 'b', 'c']) writeFileSync(join(scene.allowed, name), 'line\n'.repeat(1000));
  const { content } = await callTool(scene, 'read_file', { path: 'a' });
  assert.match(content[0].text, 'the limit of 1024 bytes');
  const printing = await callTool(scene, 'execute_command', { command: 'cat a' });
  assert.match(printing.structuredContent.stdout, 'bytes are left out here');
  assert.match(
    await refusalOf(scene, 'write_file', { path: 'd', content: 'x'.repeat(11) }),
    'at most 10 bytes',
  );
  assert.not((await callTool(scene, 'write_file', { path: 'd', content: 'x'.repeat(10) })).isError);
  const listing = (await callTool(scene, 'list_directory', { path: '.' })).structuredContent;
  assert.equal([listing.entries.length, listing.truncated], [2, true]);
  const found = (await callTool(scene, 'search_files', { path: '.', pattern: '*' })).structuredContent;
  assert.equal([found.count, found.truncated], [1, true]);
});

limits('commands have the time that it says', async (scene) => {
  const { result } = await scene.server.request('list', 'tools/list');
  const { timeout } = result.tools.find(({ name }: Frame) => name === 'execute_command').inputSchema
    .properties;
  assert.equal([timeout.default, timeout.maximum], [0.3, 5]);
  const late = await callTool(scene, 'execute_command', { command: 'sleep 600' });
  assert.is(JSON.parse(late.content[0].text).timed_out, true);
  const refused = await refusalOf(scene, 'execute_command', { command: 'true', timeout: 6 });
  assert.match(refused, '"timeout"');
  assert.not((await callTool(scene, 'execute_command', { command: 'sleep 0.5', timeout: 5 })).isError);
});

limits('a tool that is switched off is neither listed nor called', async ({ server }) => {
  const { result } = await server.request(1, 'tools/list');
  assert.not(result.tools.some(({ name }: Frame) => name === 'system_info'));
  assert.is((await server.request(2, 'tools/call', { name: 'system_info' })).error.code, -32001);
});

const shortest = toolSuite('the longest time of a command', 'bundle', {
  configuration: () => 'tools: { max_command_timeout: 0.3 }',
});

shortest('the choice holds for a command that names none, too', async (scene) => {
  const late = await callTool(scene, 'execute_command', { command: 'sleep 600' });
  assert.is(JSON.parse(late.content[0].text).timed_out, true);
});

const STATE_KEY = '00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff';

const own = toolSuite("the server's own files", 'bundle', {
  configuration: (allowed) => {
    writeFileSync(join(allowed, 'state-key'), STATE_KEY);
    const security = `security: { state_key_file: ${join(allowed, 'state-key')} }`;
    return `${security}\nlogging: { level: debug, output: ${join(allowed, 'server.log')} }\n`;
  },
});

own('are refused to every tool, and to readers of resources', async (scene) => {
  for (const name of ['given.yaml', 'state-key', 'server.log']) {
    const path = join(scene.allowed, name);
    const before = readFileSync(path, 'utf8');
    assert.match(await refusalOf(scene, 'read_file', { path }), 'is refused, wherever it is');
    for (const mode of ['overwrite', 'append'])
      assert.match(await refusalOf(scene, 'write_file', { path, content: '', mode }), 'is refused');
    const { error } = await scene.server.request(name, 'resources/read', { uri: pathToFileURL(path).href });
    assert.is(error.data.code, 'path.sensitive');
    assert.ok(readFileSync(path, 'utf8').startsWith(before));
  }
  const search = await callTool(scene, 'search_files', { path: '.', pattern: '*', content: '.' });
  assert.equal(search.structuredContent, {
    matches: [],
    count: 0,
    truncated: false,
    skipped: { sensitive: 3 },
  });
});

const quiet = toolSuite('a server that logs all it can', 'bundle', { args: ['--debug'] });

quiet('the server logs no argument, no content, no command and no output', async (scene) => {
  const secret = 'correct-horse-battery-staple';
  const path = `${secret}.txt`;
  await callTool(scene, 'echo', { message: secret });
  await callTool(scene, 'write_file', { path, content: secret });
  await callTool(scene, 'read_file', { path });
  writeFileSync(join(scene.allowed, 'resource.txt'), secret);
  await callTool(scene, 'execute_command', { command: `echo ${secret}; exit 1`, env: { A: secret } });
  await callTool(scene, 'search_files', { path: '.', pattern: '*', content: secret });
  await refusalOf(scene, 'read_file', { path: `/${secret}` });
  await refusalOf(scene, 'echo', { [secret]: secret });
  await scene.server.request('file', 'resources/read', {
    uri: pathToFileURL(join(scene.allowed, 'resource.txt')).href,
  });
  await scene.server.request('prompt', 'prompts/get', { name: 'code_review', arguments: { code: secret } });
  assert.equal(await scene.server.close(), cleanExit);
  assert.match(scene.server.stderr, 'ExecuteTool');
  assert.not.match(scene.server.stderr, secret);
});

const stdout = toolSuite('logging to "stdout"', 'bundle', {
  configuration: () => 'logging: { level: debug, output: stdout }',
});

stdout('the server leaves stdout to the protocol', async (scene) => {
  await callTool(scene, 'echo', { message: 'hi' });
  assert.equal(await scene.server.close(), cleanExit);
  assert.match(scene.server.stderr, 'ExecuteTool');
  assert.not(existsSync(join(scene.allowed, 'stdout')));
});

const granted = suite<{ base: string }>('directories that nobody configured');
granted.before.each((context) => {
  context.base = realpathSync(mkdtempSync(join(tmpdir(), 'granted-')));
  for (const name of ['root', 'other', 'home']) mkdirSync(join(context.base, name));
  for (const name of ['root', 'other']) writeFileSync(join(context.base, name, 'a'), name);
});
granted.after.each(({ base }) => {
  killStartedServers();
  rmSync(base, { recursive: true });
});

const read = (path: string) => ({ name: 'read_file', arguments: { path } });

granted("are the client's roots, and follow them", async ({ base }) => {
  const server = startServer('bundle', { cwd: join(base, 'other'), env: { HOME: join(base, 'home') } });
  await server.initialize('2025-11-25', { roots: { listChanged: true } });
  const tell = async (known: readonly string[], ...names: string[]) => {
    const question = await server.until(({ method, id }) => method === 'roots/list' && !known.includes(id));
    const roots = names.map((name) => ({ uri: pathToFileURL(join(base, name)).href }));
    server.send({ jsonrpc: '2.0', id: question.id, result: { roots } });
    return question.id;
  };
  const first = await tell([], 'root');
  assert.is((await server.request(1, 'tools/call', read('a'))).result.content[0].text, 'root');
  const outside = await server.request(2, 'tools/call', read(join(base, 'other', 'a')));
  assert.match(outside.result.content[0].text, 'inside the allowed directories');
  server.send({ jsonrpc: '2.0', method: 'notifications/roots/list_changed' });
  await tell([first], 'other');
  assert.is((await server.request(3, 'tools/call', read('a'))).result.content[0].text, 'other');
  assert.equal(await server.close(), cleanExit);
});

granted('are the one it works in, for a client without roots', async ({ base }) => {
  const server = startServer('bundle', { cwd: join(base, 'other'), env: { HOME: join(base, 'home') } });
  await server.initialize();
  assert.is((await server.request(1, 'tools/call', read('a'))).result.content[0].text, 'other');
  assert.equal(await server.close(), cleanExit);
});

granted('are none in a system directory: the tools say how to allow one', async ({ base }) => {
  for (const cwd of ['/', '/etc', base]) {
    const server = startServer('bundle', { cwd, env: { HOME: join(base, 'home') } });
    await server.initialize();
    for (const [id, params] of [
      read('hosts'),
      { name: 'execute_command', arguments: { command: 'pwd' } },
    ].entries()) {
      const { result } = await server.request(id, 'tools/call', params);
      assert.is(result.isError, true);
      assert.match(
        result.content[0].text,
        `No directory is allowed (the server was started in "${cwd}", which is not allowed by default): start the server with "--allow DIR"`,
      );
    }
    assert.equal(await server.close(), cleanExit);
  }
});

for (const test of [limits, shortest, own, quiet, stdout, granted]) test.run();
