// deadline: 600
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { testClient } from '../support/clients/client-suite.ts';
import { inspector } from '../support/clients/inspector.ts';
import { installClient } from '../support/clients/install-client.ts';
import { productTools } from '../support/product-tools.ts';
import { type Frame, type ServerKind, serverCommand } from '../support/server-process.ts';

// Over the network another file takes it further.
testClient(
  inspector,
  inspector.trials.filter(({ transport }) => transport === 'stdio'),
);

const program = installClient('inspector').file('.bin/mcp-inspector');
/** The folder for the Inspector's own files. */
const home = realpathSync(mkdtempSync(join(tmpdir(), 'inspector-')));
/** The folder that the product may work in. */
const folder = join(home, 'allowed');
mkdirSync(folder);

interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

async function inspect(server: ServerKind, era: string, method: string, ...args: string[]): Promise<Run> {
  const { command, args: first } = serverCommand(server);
  const options = ['--cli', '--format', 'json', '--protocol-era', era, '--method', method, ...args];
  const settings = server === 'fixture' ? ['-e', 'FIXTURE={"pageSize":2}'] : [];
  const serving = server === 'fixture' ? [] : ['serve', '--allow', folder];
  const line = [program, ...options, ...settings, '--', command, ...first, ...serving];
  const child = spawn(process.execPath, line, {
    env: { PATH: process.env['PATH'], HOME: home },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = new Promise<number | null>((resolve) => child.on('close', resolve));
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), exited]);
  return { code, stdout, stderr };
}

/** The result that the Inspector prints of a run that it has nothing to say against. */
async function result(...run: Parameters<typeof inspect>): Promise<Frame> {
  const { code, stdout, stderr } = await inspect(...run);
  assert.is(stderr, '');
  assert.is(code, 0);
  return JSON.parse(stdout).result;
}

/** The revision that each era agrees on with a server that speaks both. */
const versions = { legacy: '2025-11-25', auto: '2026-07-28', modern: '2026-07-28' } as const;
const eras = ['legacy', 'auto', 'modern'] as const;

const server = 'binary';
const product = suite(`Inspector with the product's ${server}`);
const call = (era: string, tool: string, ...args: string[]) =>
  result(server, era, 'tools/call', '--tool-name', tool, ...args.flatMap((arg) => ['--tool-arg', arg]));

for (const era of eras) {
  product(`${era}: connects`, async () => {
    const { protocolVersion, serverInfo } = await result(server, era, 'initialize');
    assert.is(protocolVersion, versions[era]);
    assert.is(serverInfo.title, 'TelemetryFlow MCP');
  });

  product(`${era}: finds nothing wrong with the tools`, async () => {
    const { tools } = await result(server, era, 'tools/list', '--strict');
    assert.equal(
      tools.map(({ name }: Frame) => name),
      productTools,
    );
  });

  product(`${era}: calls tools`, async () => {
    assert.equal((await call(era, 'echo', 'message=hi')).content, [{ type: 'text', text: 'Echo: hi' }]);
    const info = await call(era, 'system_info');
    assert.is(info.structuredContent.server.version, JSON.parse(info.content[0].text).server.version);
  });

  // Each call starts the Inspector anew: one of the two forms will do.
  if (server === 'binary') {
    product(`${era}: works in a folder`, async () => {
      const path = `path=${era}.txt`;
      const written = await call(era, 'write_file', path, 'content=needle');
      assert.is(written.structuredContent.bytes_written, 6);
      assert.is(readFileSync(join(folder, `${era}.txt`), 'utf8'), 'needle');
      assert.is((await call(era, 'read_file', path)).content[0].text, 'needle');
      const { entries } = (await call(era, 'list_directory', 'path=.', 'details=true')).structuredContent;
      assert.is(entries.find((entry: Frame) => entry.path === `${era}.txt`).size, 6);
      const found = await call(era, 'search_files', 'path=.', `pattern=${era}.*`, 'content=nee.le');
      assert.is(found.structuredContent.matches[0].text, 'needle');
      const ran = await call(era, 'execute_command', `argv=["cat","${era}.txt"]`);
      assert.is(ran.structuredContent.stdout, 'needle');
    });
  }

  product(`${era}: hears what it did wrong`, async () => {
    const unfit = await inspect(server, era, 'tools/call', '--tool-name', 'echo');
    assert.is(JSON.parse(unfit.stdout).result.isError, true);
    const unknown = await inspect(server, era, 'tools/call', '--tool-name', 'nope');
    assert.is(JSON.parse(unknown.stderr).error.code, 'tool_not_found');
  });
}

product.run();

const test = suite('Inspector with the fixture server');
test.after(() => rmSync(home, { recursive: true, force: true }));

for (const era of eras) {
  test(`${era}: walks lists of several pages`, async () => {
    const names = async (method: string, list: string) =>
      (await result('fixture', era, method))[list].map(({ name }: Frame) => name);
    assert.ok((await names('tools/list', 'tools')).includes('contents'));
    assert.equal(await names('resources/list', 'resources'), ['static', 'binary', 'asking']);
    assert.equal(await names('resources/templates/list', 'resourceTemplates'), ['item']);
    assert.equal(await names('prompts/list', 'prompts'), ['plain', 'greet', 'ask']);
  });

  test(`${era}: reads resources, gets prompts, reads contents of every kind`, async () => {
    const { contents } = await result('fixture', era, 'resources/read', '--uri', 'test://item/42');
    assert.is(contents[0].text, '{"id":"42"}');
    const prompt = ['--prompt-name', 'greet', '--prompt-args', 'name=Ada'];
    const { messages } = await result('fixture', era, 'prompts/get', ...prompt);
    assert.is(messages[0].content.text, 'Greet Ada');
    const { content } = await result('fixture', era, 'tools/call', '--tool-name', 'contents');
    assert.is(content.length, 5);
  });
}

test('legacy: sets the log level', async () => {
  assert.equal(await result('fixture', 'legacy', 'logging/setLevel', '--log-level', 'debug'), {});
});

test.run();
