import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { ConfigurationHost } from '../../../src/infrastructure/config/configuration-host.ts';
import { createConfigurationSource } from '../../../src/infrastructure/config/configuration-source.ts';
import { initialText } from '../../../src/infrastructure/config/documents/initial-text.ts';
import { processHost } from '../../../src/infrastructure/config/process-host.ts';
import { refusalOf } from '../../support/failure.ts';

const test = suite('initial configuration file');

let home = '';

test.before.each(() => {
  home = mkdtempSync(join(tmpdir(), 'tfo-mcp-initial-'));
});

test.after.each(() => {
  rmSync(home, { recursive: true, force: true });
});

function source(changes: Partial<ConfigurationHost> = {}) {
  const host = {
    ...processHost(),
    environment: {},
    homeDirectory: home,
    workingDirectory: home,
    platform: 'linux',
  };
  return createConfigurationSource({ ...host, ...changes } as ConfigurationHost);
}

test('the initial file is written where it is found, for this user only', async () => {
  const path = join(home, '.config', 'tfo-mcp', 'tfo-mcp.yaml');
  assert.is(await source().initialize({ replace: false }), path);
  assert.is(readFileSync(path, 'utf8'), initialText());
  if (process.platform !== 'win32') {
    assert.is(statSync(path).mode & 0o777, 0o600);
    assert.is(statSync(join(path, '..')).mode & 0o777, 0o700);
  }
  const { file, problems, notices } = await source().load({});
  assert.is(file, path);
  assert.equal([...problems, ...notices], []);
});

test('the initial file is written to the path given, relative to the working directory', async () => {
  assert.is(
    await source().initialize({ file: 'deep/down/a.yaml', replace: false }),
    join(home, 'deep/down/a.yaml'),
  );
  assert.ok(existsSync(join(home, 'deep/down/a.yaml')));
  assert.is(await source().initialize({ file: '~/b.yaml', replace: false }), join(home, 'b.yaml'));
});

test('the command leaves a file that is there, unless it is to be replaced', async () => {
  const file = join(home, 'a.yaml');
  writeFileSync(file, 'mine', { mode: 0o644 });
  const { code, message } = await refusalOf(source().initialize({ file, replace: false }));
  assert.equal(
    [code, message],
    ['configuration.exists', `There is a file "${file}" already; --force replaces it`],
  );
  assert.is(readFileSync(file, 'utf8'), 'mine');
  await source().initialize({ file, replace: true });
  assert.is(readFileSync(file, 'utf8'), initialText());
  assert.equal(readdirSync(home), ['a.yaml']);
});

test('the initial file is the file that is read, where the user has one', async () => {
  const file = join(home, '.config', 'tfo-mcp', 'config.yaml');
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, '');
  assert.is((await refusalOf(source().initialize({ replace: false }))).code, 'configuration.exists');
  assert.is(await source().initialize({ replace: true }), file);
});

test('the command replaces what a link leads to, and keeps the link', async () => {
  writeFileSync(join(home, 'real.yaml'), 'mine');
  symlinkSync('real.yaml', join(home, 'link.yaml'));
  assert.is(
    (await refusalOf(source().initialize({ file: 'link.yaml', replace: false }))).code,
    'configuration.exists',
  );
  await source().initialize({ file: 'link.yaml', replace: true });
  assert.is(readFileSync(join(home, 'real.yaml'), 'utf8'), initialText());
  assert.equal(readdirSync(home).sort(), ['link.yaml', 'real.yaml']);
});

if (process.platform !== 'win32')
  test('the command replaces no pipe or device: root could take /dev/null from the machine', async () => {
    const file = join(home, 'pipe');
    spawnSync('mkfifo', [file]);
    const { code, message } = await refusalOf(source().initialize({ file, replace: true }));
    assert.equal(
      [code, message],
      ['configuration.not-written', `Can't write "${file}": it is no regular file`],
    );
    assert.ok(statSync(file).isFIFO());
    assert.equal(readdirSync(home), ['pipe']);
  });

test('the command says why it can not be written', async () => {
  for (const replace of [true, false]) {
    const folder = await refusalOf(source().initialize({ file: home, replace }));
    assert.equal(
      [folder.code, folder.message],
      ['configuration.not-written', `Can't write "${home}": it is a directory`],
    );
  }
  assert.equal(
    readdirSync(join(home, '..')).filter((name) => name.endsWith('.tfo-mcp.tmp')),
    [],
  );
  writeFileSync(join(home, 'file'), '');
  const below = await refusalOf(source().initialize({ file: 'file/a.yaml', replace: false }));
  assert.match(below.message, /: a part of the path is no directory$/);
  const homeless = await refusalOf(source({ homeDirectory: undefined }).initialize({ replace: false }));
  assert.equal([homeless.code], ['configuration.no-folder']);
});

test.run();
