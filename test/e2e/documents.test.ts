import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { root } from '../bench/paths.ts';
import { commandLines, documents, type Snippet, snippets } from '../support/documents.ts';
import { withOwnState } from '../support/own-state.ts';
import { runProduct } from '../support/run-product.ts';

interface Place {
  /** The home of a user, with work in it. */
  home: string;
  env: NodeJS.ProcessEnv;
}

const test = suite<Place>('documents');

test.before((context) => {
  const home = mkdtempSync(join(tmpdir(), 'tfo-documents-'));
  for (const folder of ['work', 'bin']) mkdirSync(join(home, folder));
  symlinkSync(join(root, 'dist/tfo-mcp'), join(home, 'bin/tfo-mcp'));
  context.home = home;
  context.env = {
    PATH: `${home}/bin:${process.env['PATH']}`,
    HOME: home,
  };
});
test.after(({ home }) => rmSync(home, { recursive: true }));

/** Commands that are run elsewhere, or nowhere: by how they begin, and why. */
const elsewhere: readonly (readonly [RegExp, string])[] = [
  [/^sha256sum |^tar |^mkdir /, 'of a download: test/integration/build/release.test.ts'],
  [/^git clone |^make run$/, 'test/e2e/demo.test.ts runs the session'],
  [/^brew |^curl /, 'needs Homebrew and a release'],
  [/^tfo-mcp database /, 'needs something to copy: test/e2e/conversations-kept.test.ts'],
  [/^tfo-mcp chat$/, 'talks to Claude: test/e2e/chat.test.ts'],
  [/^tfo-mcp can't start/, 'a message'],
];

/** Words that stand for something else. */
const placeholders: readonly (readonly [string, string])[] = [
  ['GUIDE', 'clients'],
  [' ID', ' 0000000000000000'],
];

/** Settings that a guide says a command needs. */
const settings: readonly (readonly [command: string, settings: (home: string) => NodeJS.ProcessEnv])[] = [
  ['tfo-mcp keys', (home) => ({ TELEMETRYFLOW_MCP_SECURITY_API_KEYS_FILE: join(home, 'keys.json') })],
  ['tfo-mcp migrate', () => ({ TELEMETRYFLOW_MCP_DATABASE_DRIVER: 'sqlite' })],
  ['tfo-mcp events', () => ({ TELEMETRYFLOW_MCP_DATABASE_DRIVER: 'sqlite' })],
  ['tfo-mcp stats', () => ({ TELEMETRYFLOW_MCP_DATABASE_DRIVER: 'sqlite' })],
  ['tfo-mcp conversations', () => ({ TELEMETRYFLOW_MCP_DATABASE_DRIVER: 'sqlite' })],
];

/** Commands that serve until they are stopped. */
const serves = /^tfo-mcp serve /;

for (const { document, text } of commandLines()) {
  const [, reason] = elsewhere.find(([form]) => form.test(text)) ?? [];
  if (reason !== undefined) continue;
  test(`${document} has a command that works: ${text}`, async ({ home, env }) => {
    const [, configured] = settings.find(([command]) => text.startsWith(command)) ?? [];
    const place = { ...env, ...configured?.(home) };
    const line = placeholders.reduce((before, [word, meaning]) => before.replaceAll(word, meaning), text);
    if (serves.test(line)) await serveUntilItListens(`exec ${line} --port 0`, home, place);
    else if (line === 'tfo-mcp keys') assert.is(exitOf(line, home, place), 2);
    else if (line.includes('0000000000000000'))
      assert.is(exitOf(line, home, place), 1, 'there is none of this id');
    else assert.is(exitOf(line, home, place), 0);
  });
}

function exitOf(line: string, cwd: string, env: NodeJS.ProcessEnv): number {
  try {
    execFileSync('/bin/sh', ['-c', line], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    return 0;
  } catch (error) {
    return (error as { status: number }).status;
  }
}

async function serveUntilItListens(line: string, cwd: string, env: NodeJS.ProcessEnv): Promise<void> {
  const child = spawn('/bin/sh', ['-c', line], { cwd, env, stdio: ['ignore', 'ignore', 'pipe'] });
  let told = '';
  for await (const chunk of child.stderr) {
    told += chunk;
    if (told.includes('Serving')) break;
  }
  assert.match(told, 'Serving', told);
  child.kill();
  const [code] = await once(child, 'exit');
  assert.is(code, 0);
}

test('the README shows nothing that was not tried, but for what is named with its reason', () => {
  for (const [form] of elsewhere)
    assert.ok(
      commandLines().some(({ text }) => form.test(text)),
      `${form} is in no document any more`,
    );
});

const ofLanguage = (...languages: readonly string[]): readonly Snippet[] =>
  snippets().filter(({ language }) => languages.includes(language));

for (const { document, text } of ofLanguage('json'))
  test(`${document} has an entry that starts a server: ${text.trim().slice(0, 60)}`, async ({ home }) => {
    const entry = Object.values(JSON.parse(text))[0] as { tfo: { command: string; args: string[] } };
    const { command, args } = entry.tfo;
    assert.equal([command, args], ['/path/to/tfo-mcp', ['--allow', '/path/to/your/work']]);
    // As desktop clients do, from the root of the file system.
    const child = spawn(join(root, 'dist/tfo-mcp'), ['--allow', join(home, 'work')], {
      cwd: '/',
      env: withOwnState({}),
    });
    const call = { name: 'write_file', arguments: { path: 'a.txt', content: 'x' } };
    const meta = {
      'io.modelcontextprotocol/protocolVersion': '2026-07-28',
      'io.modelcontextprotocol/clientInfo': { name: 'documents', version: '1' },
      'io.modelcontextprotocol/clientCapabilities': {},
    };
    child.stdin.end(
      `${JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { ...call, _meta: meta } })}\n`,
    );
    let answer = '';
    for await (const chunk of child.stdout) answer += chunk;
    assert.is(JSON.parse(answer).result.structuredContent.path, join(home, 'work/a.txt'));
    rmSync(join(home, 'work/a.txt'));
  });

for (const { document, text } of ofLanguage('yaml'))
  test(`${document} has a configuration that is valid: ${text.slice(0, 40)}`, ({ home }) => {
    const file = join(home, 'tfo-mcp.yaml');
    writeFileSync(file, text);
    const { code, stderr } = runProduct(['validate', '--config', file], { HOME: home });
    assert.is(code, 0, stderr);
  });

test('every link of the documents leads to a file', () => {
  for (const document of documents) {
    const text = readFileSync(join(root, document), 'utf8');
    for (const [, target = ''] of text.matchAll(/\]\(([^)#]+)[^)]*\)/g)) {
      if (target.startsWith('https:')) continue;
      assert.ok(existsSync(join(root, dirname(document), target)), `${document}: ${target}`);
    }
  }
});

test('the executable carries every guide as it is, and names it in its help', ({ home, env }) => {
  const help = runProduct(['help'], {}, 'binary').stdout;
  for (const document of documents.slice(1)) {
    const name = document.replace(/^.*\/(.*)\.md$/, '$1');
    const printed = execFileSync('tfo-mcp', ['help', name], { env, cwd: home, encoding: 'utf8' });
    const text = readFileSync(join(root, document), 'utf8').replace(/<!--.*?-->\n/g, '');
    assert.is(printed.trimEnd(), text.trimEnd());
    assert.match(help, new RegExp(`^ +${name} `, 'm'));
  }
});

test('the README can be read in two minutes', () => {
  const words = readFileSync(join(root, 'README.md'), 'utf8').split(/\s+/).length;
  assert.ok(words < 900, `${words} words`);
});

test.run();
