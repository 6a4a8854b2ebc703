import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { open, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout } from 'node:timers/promises';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { ConfigurationHost } from '../../../src/infrastructure/config/configuration-host.ts';
import { createConfigurationSource } from '../../../src/infrastructure/config/configuration-source.ts';
import { loadConfiguration } from '../../../src/infrastructure/config/load-configuration.ts';
import { processHost } from '../../../src/infrastructure/config/process-host.ts';

const test = suite('load configuration from real files');

let home = '';

test.before.each(() => {
  home = realpathSync(mkdtempSync(join(tmpdir(), 'tfo-mcp-config-')));
});

test.after.each(() => {
  rmSync(home, { recursive: true, force: true });
});

/** This machine, with an own home and nothing in the environment. */
function host(environment: Record<string, string> = {}): ConfigurationHost {
  return { ...processHost(), environment: { XDG_CONFIG_HOME: home, ...environment }, workingDirectory: home };
}

function write(name: string, text: string): string {
  const path = join(home, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
  return path;
}

async function problemOf(file: string): Promise<string | undefined> {
  const { configuration, problems } = await loadConfiguration({ file }, host());
  assert.is(configuration, undefined);
  assert.is(problems.length, 1);
  return problems[0]?.message;
}

test('finds, reads and reports the file of the user', async () => {
  const file = write('tfo-mcp/tfo-mcp.yaml', 'logging:\n  level: warn\n');
  const report = await createConfigurationSource(host()).load({});
  assert.is(report.file, file);
  assert.equal(report.problems, []);
  assert.equal(
    report.settings.find(({ key }) => key === 'logging.level'),
    { key: 'logging.level', value: 'warn', origin: `${file}:2` },
  );
});

test('a file that is there and can’t be read stops the start: what it forbids would be allowed', async () => {
  const file = join(home, 'tfo-mcp/tfo-mcp.yaml');
  for (const [target, why] of [
    [join(home, 'not-mounted/tfo-mcp.yaml'), 'it is a link to a file that is not there'],
    [file, 'its links lead to each other'],
  ] as const) {
    mkdirSync(join(home, 'tfo-mcp'), { recursive: true });
    rmSync(file, { force: true });
    symlinkSync(target, file);
    const { configuration, problems } = await loadConfiguration({}, host());
    assert.is(configuration, undefined);
    assert.ok(problems[0]?.message.includes(`got "${file}": ${why}; make it readable`), problems[0]?.message);
  }
});

if (process.platform === 'linux' && process.getuid?.() === 0)
  for (const { closed, found } of [
    { closed: 'tfo-mcp', found: 'it may not be read by this user' },
    { closed: '.', found: 'nothing was found' }, // as a service's home may be
  ])
    test(`a folder that this user may not enter: ${found}`, () => {
      write('tfo-mcp/tfo-mcp.yaml', 'security: { read_only: true }');
      chmodSync(home, 0o755);
      chmodSync(join(home, closed), 0o700);
      const program = join(import.meta.dirname, 'find-as-other.ts');
      const { stdout, stderr } = spawnSync(process.execPath, [program, home], { encoding: 'utf8' });
      assert.is(stdout, found, stderr);
    });

test('a home that is no folder has no configuration', async () => {
  const { configuration, problems } = await loadConfiguration({}, { ...host(), homeDirectory: '/dev/null' });
  assert.ok(configuration, problems[0]?.message);
});

test('the loader mentions a file of the working directory and leaves it unread', async () => {
  const file = write('tfo-mcp.yaml', 'this would: be: refused');
  const { configuration, notices } = await loadConfiguration({}, host());
  assert.ok(configuration);
  assert.equal(notices, [`File "${file}" is not read unless named: --config "${file}"`]);
});

test('the loader reads a named file through links', async () => {
  write('real.yaml', 'mcp: { page_size: 7 }');
  symlinkSync('real.yaml', join(home, 'link.yaml'));
  const { configuration } = await loadConfiguration({ file: 'link.yaml' }, host());
  assert.is(configuration?.mcp.page_size, 7);
});

test('the loader refuses what is missing, a directory, behind a file, or too large', async () => {
  assert.match((await problemOf('missing.yaml')) ?? '', /: there is no such file$/);
  assert.match((await problemOf(home)) ?? '', /: it is a directory$/);
  const file = write('file', '');
  assert.match((await problemOf(join(file, 'below.yaml'))) ?? '', /: there is no such file$/);
  assert.match(
    (await problemOf(write('large.yaml', '#'.repeat(1024 * 1024 + 1)))) ?? '',
    /: it is larger than 1048576 bytes$/,
  );
});

test('the loader reads no more than the limit of a device without an end', async () => {
  assert.match((await problemOf('/dev/zero')) ?? '', /: it is larger than 1048576 bytes$/);
});

test('the loader reads a pipe to its end', async () => {
  const pipe = join(home, 'pipe');
  execFileSync('/usr/bin/mkfifo', [pipe]);
  const loading = loadConfiguration({ file: pipe }, host());
  await writeFile(pipe, 'mcp: { page_size: 8 }');
  assert.is((await loading).configuration?.mcp.page_size, 8);
});

test('the loader reads a pipe whose writer takes its time', async () => {
  const pipe = join(home, 'pipe');
  execFileSync('/usr/bin/mkfifo', [pipe]);
  const writer = await open(pipe, 'r+'); // as one that has opened it, without waiting for a reader
  const loading = loadConfiguration({ file: pipe }, host());
  await writer.write('mcp: { page_');
  await setTimeout(1200);
  await writer.write('size: 9 }');
  await writer.close();
  assert.is((await loading).configuration?.mcp.page_size, 9);
});

test('the loader refuses a pipe that nobody writes to, as configuration and as secret', async () => {
  const pipe = join(home, 'pipe');
  execFileSync('/usr/bin/mkfifo', [pipe]);
  const refusal = /: it is a socket, or a pipe that nobody writes to$/;
  assert.match((await problemOf(pipe)) ?? '', refusal);
  const file = write('c.yaml', 'security: { state_key_file: pipe }');
  assert.match((await problemOf(file)) ?? '', refusal);
});

test('the loader reads the state key from a file beside the configuration', async () => {
  const key = 'ab'.repeat(32);
  write('keys/state', `${key}\n`);
  const file = write('c.yaml', 'security: { state_key_file: keys/state }');
  const { configuration } = await loadConfiguration({ file }, host());
  assert.is(configuration?.security.state_key, key);
  assert.is(configuration?.security.state_key_file, join(home, 'keys', 'state'));
});

test('the loader warns of files that others can read, through links too', async () => {
  if (process.platform === 'win32') return;
  write('key', 'sk-ant-1');
  chmodSync(join(home, 'key'), 0o644);
  symlinkSync('key', join(home, 'link'));
  const file = write('c.yaml', 'claude: { api_key_file: link }');
  const { notices } = await loadConfiguration({ file }, host());
  assert.match(notices.join(), /link" \(claude\.api_key_file, .* chmod 600/);
});

for (const [output, fault] of [
  ['file/below.log', /is no directory/],
  ['.', /it is a directory/],
  ...(process.platform === 'linux' ? ([['/proc/none/a.log', /may make nothing in "\/proc"/]] as const) : []),
] as const) {
  test(`the loader warns of the log file ${output}, and of none that it can make`, async () => {
    write('file', '');
    const file = write('c.yaml', `logging: { output: ${output} }`);
    assert.match((await loadConfiguration({ file }, host())).notices.join(), fault);
    write('c.yaml', 'logging: { output: new/folder/a.log }');
    assert.equal((await loadConfiguration({ file }, host())).notices, []);
  });
}

/** Runs a module of ours in a process of its own, and gives what it printed. */
function runScript(script: string, environment: NodeJS.ProcessEnv): unknown {
  const source = new URL('../../../src/infrastructure/config/', import.meta.url);
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['--input-type=module', '-e', script.replaceAll('$SRC/', source.href)],
    { env: environment, cwd: home, encoding: 'utf8' },
  );
  assert.ok(stdout, stderr);
  return JSON.parse(stdout);
}

const LOAD = `
  import { registerHooks } from 'node:module';
  const loaded = [];
  registerHooks({ load(url, context, next) { loaded.push(url); return next(url, context); } });
  const { loadConfiguration } = await import('$SRC/load-configuration.ts');
  const { processHost } = await import('$SRC/process-host.ts');
  const { file, problems, configuration } = await loadConfiguration({}, processHost());
  const yaml = loaded.some((url) => url.includes('/node_modules/yaml/'));
  console.log(JSON.stringify({ file, problems, yaml, level: configuration?.logging.level }));
`;

test('the loader takes environment, home and working directory from the process', () => {
  const file = write('.config/tfo-mcp/config.yaml', 'logging: { level: warn }');
  const environment = { HOME: home, USERPROFILE: home, TELEMETRYFLOW_MCP_LOG_LEVEL: 'error' };
  assert.equal(runScript(LOAD, environment), { file, problems: [], yaml: true, level: 'error' });
});

test('the loader takes a relative home for none, for it would be the working directory', () => {
  write('.config/tfo-mcp/config.yaml', 'logging: { level: warn }');
  const environment = { HOME: '.', USERPROFILE: '.' };
  assert.equal(runScript(LOAD, environment), { problems: [], yaml: false, level: 'info' });
});

test('the loader loads in an empty environment, and no YAML parser when there is no file', () => {
  assert.equal(runScript(LOAD, {}), { problems: [], yaml: false, level: 'info' });
});

test.run();
