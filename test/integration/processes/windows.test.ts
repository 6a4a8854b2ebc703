import { copyFileSync, linkSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { CommandRequest } from '../../../src/application/ports/processes.ts';
import { childEnvironment } from '../../../src/domain/policy/commands/child-environment.ts';
import { codeOf, refusalOf } from '../../support/failure.ts';
import { skip } from '../../support/skip.ts';
import { isWindows, isWine } from '../../support/windows.ts';
import { run } from './process-desk.ts';

/** Commands of Windows, and of Wine where that does as Windows. */
const test = suite('commands on Windows');

const windows = (name: string, body: () => Promise<void>) =>
  isWindows ? test(name, body) : skip(test, 'Windows', name);
const realWindows = (name: string, body: () => Promise<void>) =>
  isWindows && !isWine ? test(name, body) : skip(test, 'Windows', name);

const directory = mkdtempSync(join(tmpdir(), 'windows-commands-'));
test.after(() => rmSync(directory, { recursive: true, force: true, maxRetries: 10 }));

const base = childEnvironment({ variables: process.env, secrets: [], platform: process.platform });

const inRepository = (line: CommandRequest['line'], environment: CommandRequest['environment'] = base) =>
  run('', { line, directory, environment });

if (isWindows) {
  // As a stranger's repository may hold: this runtime, under the names of other programs.
  const tool = join(directory, 'bin', 'tool.exe');
  mkdirSync(join(directory, 'bin'));
  copyFileSync(process.execPath, tool);
  for (const name of ['hostname.exe', 'planted.exe']) linkSync(tool, join(directory, name));
  writeFileSync(join(directory, 'bin', 'npm.cmd'), '@echo npm ran %1\r\n');
}

const fortyTwo = ['-p', '6*7'];

windows('a program in the working directory is not taken for one of PATH', async () => {
  const { stdout } = await inRepository({ argv: ['hostname', ...fortyTwo] });
  assert.not.match(stdout.head, '42');
});

windows('a program in the working directory is not found, but told', async () => {
  for (const argv of [['planted'], ['planted.exe']]) {
    const { code, message } = await refusalOf(inRepository({ argv }));
    assert.is(code, 'command.not-found');
    assert.match(message, 'write ".\\\\planted.exe"');
  }
});

windows('a program in the working directory is not found by a PATH that means it', async () => {
  for (const PATH of ['.', '', '.\\', `;${base['SystemRoot']}\\System32`])
    assert.is(await codeOf(inRepository({ argv: ['planted'] }, { ...base, PATH })), 'command.not-found');
});

windows('a program in the working directory runs when it is named so', async () => {
  const { stdout } = await inRepository({ argv: ['.\\planted', ...fortyTwo] });
  assert.is(stdout.head.trim(), '42');
});

// Wine's cmd.exe pays no heed to the variable.
realWindows('the shell takes no program of the working directory either', async () => {
  const { stdout, exitCode } = await inRepository({ command: 'planted -p 6*7' });
  assert.not.match(stdout.head, '42');
  assert.is.not(exitCode, 0);
  assert.match((await inRepository({ command: '.\\planted -p 6*7' })).stdout.head, '42');
});

windows('a program is found in any spelling of PATH', async () => {
  for (const name of ['PATH', 'Path', 'path']) {
    const others = Object.entries(base).filter(([other]) => other.toLowerCase() !== 'path');
    const environment = { ...Object.fromEntries(others), [name]: `"${directory}\\bin\\"` };
    const { stdout } = await inRepository({ argv: ['tool', ...fortyTwo] }, environment);
    assert.is(stdout.head.trim(), '42', name);
  }
});

windows('a batch file that PATH finds is told as such', async () => {
  const { code, message } = await refusalOf(
    inRepository({ argv: ['npm', 'install'] }, { ...base, PATH: `${directory}\\bin` }),
  );
  assert.is(code, 'command.invalid');
  assert.match(message, 'npm.cmd" is a batch file');
  assert.match(message, 'use "command"');
  const { stdout } = await inRepository({ command: `${directory}\\bin\\npm install` });
  assert.is(stdout.head.trim(), 'npm ran install');
});

windows('the shell is that of the server, whatever a call sets', async () => {
  for (const name of ['SystemRoot', 'SYSTEMROOT', 'systemroot', 'ComSpec', 'windir']) {
    const { stdout } = await inRepository(
      { command: 'echo %PLACE%' },
      { ...base, PLACE: 'here', [name]: directory },
    );
    assert.is(stdout.head.trim(), 'here', name);
  }
});

// Code pages of western Windows have all of these.
windows('what the shell itself writes is read by the code page of its console', async () => {
  writeFileSync(join(directory, 'bin', 'été.txt'), '');
  for (const [command, expected] of [
    ['echo café', 'café'],
    [`dir /b ${directory}\\bin\\*.txt`, 'été.txt'],
    ['chcp 65001 >nul & echo café €', 'café €'],
    ['echo plain', 'plain'],
  ] as const) {
    const { stdout } = await inRepository({ command });
    assert.equal([stdout.head.trim(), stdout.invalidBytes ?? 0], [expected, 0], command);
  }
});

// Wine's taskkill knows no "/T", and fails at everything; elsewhere it is missing for this.
windows('a command whose time is up is ended though taskkill fails', async () => {
  const root = process.env['SystemRoot'];
  process.env['SystemRoot'] = directory;
  try {
    const script = 'console.log(process.pid); setInterval(() => {}, 1000)';
    const line = { argv: [join(directory, 'bin', 'tool.exe'), '-e', script] };
    const { timedOut, stdout, signal } = await run('', {
      line,
      directory,
      environment: base,
      timeoutMs: 3000,
    });
    assert.equal([timedOut, signal], [true, 'SIGKILL']);
    assert.throws(() => process.kill(Number(stdout.head), 0), /ESRCH/);
  } finally {
    process.env['SystemRoot'] = root;
  }
});

test.run();
