import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createRedactor } from '../../../src/domain/policy/redact.ts';
import { createConsolaLogger } from '../../../src/infrastructure/logging/consola-logger.ts';
import { LogFile } from '../../../src/infrastructure/logging/log-file.ts';
import { RotatingFile } from '../../../src/infrastructure/logging/rotating-file.ts';
import { until } from '../../support/until.ts';
import { MemoryStream } from '../../unit/infrastructure/logging/memory-stream.ts';

const test = suite('log file');

const SCRIPT = fileURLToPath(new URL('append-lines.ts', import.meta.url));

let folder = '';
let path = '';

test.before.each(() => {
  folder = mkdtempSync(join(tmpdir(), 'tfo-mcp-log-'));
  path = join(folder, 'logs', 'tfo-mcp.log');
});

test.after.each(() => {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch (error) {
    if (process.platform !== 'win32') throw error; // which keeps a folder as long as files in it are open
  }
});

function fileLogger({ at = path, maxBytes = 1024 * 1024, maxFiles = 5 } = {}) {
  const stderr = new MemoryStream();
  let opened = 0;
  const logger = createConsolaLogger({
    level: 'info',
    format: 'auto',
    redactor: createRedactor(['hunter2hunter2']),
    environment: {},
    openStream: () => {
      opened++;
      return stderr;
    },
    file: { path: at, maxBytes, maxFiles },
  });
  return { logger, stderr, opened: () => opened };
}

const linesOf = (text: string) => text.trimEnd().split('\n');

/** The text of all files, the oldest first. */
function textOfAll(): string {
  const numbers = readdirSync(join(path, '..')).flatMap(
    (name) => /\.log(?:\.(\d+))?$/.exec(name)?.slice(1) ?? [],
  );
  const oldestFirst = numbers.map((number) => Number(number ?? 0)).sort((a, b) => b - a);
  return oldestFirst
    .map((number) => readFileSync(number === 0 ? path : `${path}.${number}`, 'utf8'))
    .join('');
}

test('the log writes each line once, in order, with secrets masked, and opens no stderr', async () => {
  const { logger, opened } = fileLogger();
  for (let line = 0; line < 5000; line++) logger.info('hunter2hunter2', { line });
  await logger.flush();
  const lines = linesOf(readFileSync(path, 'utf8'));
  assert.equal(
    lines.map((line) => JSON.parse(line).line),
    Array.from({ length: 5000 }, (_, line) => line),
  );
  assert.not.match(lines.join(''), 'hunter2');
  assert.is(opened(), 0);
});

test('the log makes the file when the first line comes, for this user only, and appends to one that is there', async () => {
  const { logger } = fileLogger();
  await logger.flush();
  assert.not.ok(existsSync(join(path, '..')));
  logger.info('first');
  await logger.flush();
  if (process.platform !== 'win32') {
    assert.is(statSync(path).mode & 0o777, 0o600);
    assert.is(statSync(join(path, '..')).mode & 0o777, 0o700);
  }
  const other = fileLogger().logger;
  other.info('second');
  await other.flush();
  assert.equal(
    linesOf(readFileSync(path, 'utf8')).map((line) => JSON.parse(line).message),
    ['first', 'second'],
  );
});

test('the log puts a full file aside, keeps as many as it should, and loses only the oldest', async () => {
  const file = new RotatingFile({ path, maxBytes: 10, maxFiles: 2 });
  for (const text of ['aaaaaa', 'bbbbbb', 'cccccc', 'dddd', 'eeeeeeeeeeeeeeee', 'f'])
    await file.append([text]);
  assert.equal(readdirSync(join(path, '..')).sort(), ['tfo-mcp.log', 'tfo-mcp.log.1', 'tfo-mcp.log.2']);
  assert.is(readFileSync(path, 'utf8'), 'f');
  assert.is(readFileSync(`${path}.1`, 'utf8'), 'eeeeeeeeeeeeeeee');
  assert.is(readFileSync(`${path}.2`, 'utf8'), 'ccccccdddd');
});

test('the log follows when somebody moves or removes the file', async () => {
  const file = new RotatingFile({ path, maxBytes: 100, maxFiles: 2 });
  await file.append(['a']);
  renameSync(path, `${path}.moved`);
  await file.append(['b']);
  rmSync(path);
  await file.append(['c']);
  assert.is(readFileSync(`${path}.moved`, 'utf8'), 'a');
  assert.is(readFileSync(path, 'utf8'), 'c');
});

test('the log waits for a process that rotates the file, and follows it', async () => {
  const file = new RotatingFile({ path, maxBytes: 4, maxFiles: 2 });
  await file.append(['aaaa']);
  writeFileSync(`${path}.lock`, '');
  const appended = file.append(['b']);
  renameSync(path, `${path}.1`);
  rmSync(`${path}.lock`);
  await appended;
  assert.is(readFileSync(path, 'utf8'), 'b');
  assert.is(readFileSync(`${path}.1`, 'utf8'), 'aaaa');
});

test('the log writes on into the full file where a process was killed over rotating it, and then takes over', async () => {
  const file = new RotatingFile({ path, maxBytes: 4, maxFiles: 2 });
  await file.append(['aaaa']);
  const lock = `${path}.lock`;
  writeFileSync(lock, '');
  await file.append(['b']);
  assert.is(readFileSync(path, 'utf8'), 'aaaab');
  utimesSync(lock, 0, 0);
  await file.append(['d']);
  assert.is(readFileSync(path, 'utf8'), 'd');
  assert.is(readFileSync(`${path}.1`, 'utf8'), 'aaaab');
  assert.not.ok(existsSync(lock));
});

/** Lines that come at once, the limit of a file, and what the longest may be. */
for (const [what, lines, maxBytes, longest] of [
  [
    'thousands of short lines',
    Array.from({ length: 8000 }, (_, line) => `line ${line}`),
    64 * 1024,
    64 * 1024,
  ],
  [
    'lines of ten kilobytes',
    Array.from({ length: 60 }, (_, line) => `${line} `.padEnd(10_000, 'x')),
    64 * 1024,
    64 * 1024,
  ],
  ['a line that is longer than a file', ['a', 'x'.repeat(100_000), 'b'], 64 * 1024, 101_000],
] as const) {
  test(`the log lets no file outgrow its limit in a burst of ${what}, and loses none`, async () => {
    const stderr = new MemoryStream();
    const file = new LogFile({ path, maxBytes, maxFiles: 100, openFallback: () => stderr, warn: String });
    await Promise.all(lines.map((line) => new Promise((written) => file.write(`${line}\n`, written))));
    for (const name of readdirSync(join(path, '..'))) {
      const { size } = statSync(join(path, '..', name));
      assert.ok(size <= longest, `${name} has ${size} bytes`);
    }
    const written = linesOf(textOfAll());
    assert.is(written.length, lines.length);
    assert.ok(written.every((line, index) => line === lines[index]));
    assert.equal(stderr.written, []);
  });
}

test('the log says on stderr what can’t be written because the file can’t be put aside', async () => {
  const { logger, stderr } = fileLogger({ maxBytes: 200, maxFiles: 1 });
  logger.info('first', { filler: 'x'.repeat(150) });
  await logger.flush();
  // Not empty: no file takes its place.
  mkdirSync(join(`${path}.1`, 'folder'), { recursive: true });
  logger.info('second', { filler: 'x'.repeat(150) });
  // On Windows it could be that somebody has it open, for a while.
  if (process.platform === 'win32') {
    await until(() => readFileSync(path, 'utf8').includes('second'));
    return assert.equal(stderr.written, []);
  }
  await logger.flush();
  const told = linesOf(stderr.written.join('')).map((line) => JSON.parse(line).message);
  assert.equal(told, ['The log file failed, so that log lines go to stderr', 'second']);
});

test('the log loses no line of several processes that share the file', async () => {
  const processes = ['a', 'b', 'c'].map((name) =>
    spawn(process.execPath, [SCRIPT, path, name, '400'], {
      stdio: ['ignore', 'ignore', 'inherit'],
      timeout: 60_000,
    }),
  );
  const ends = await Promise.all(processes.map((child) => once(child, 'exit')));
  assert.equal(ends, [
    [0, null],
    [0, null],
    [0, null],
  ]);
  const written = linesOf(textOfAll()).sort();
  const expected = ['a', 'b', 'c'].flatMap((name) =>
    Array.from({ length: 400 }, (_, line) => `${name} ${line}`),
  );
  assert.equal(written, expected.sort());
  assert.ok(existsSync(`${path}.3`), 'expected the file to have been put aside again and again');
});

test('the log puts only full files aside, however many find it full at once', async () => {
  const files = Array.from({ length: 30 }, () => new RotatingFile({ path, maxBytes: 200, maxFiles: 1000 }));
  for (let round = 0; round < 30; round++) {
    await Promise.all(files.map((file) => file.append(['123456789\n'])));
  }
  const names = readdirSync(join(path, '..'));
  const sizes = names.filter((name) => /\d$/.test(name)).map((name) => statSync(join(path, '..', name)).size);
  assert.ok(Math.min(...sizes) >= 200, `expected no file below 200 bytes, got ${Math.min(...sizes)}`);
  assert.is(textOfAll().length, 30 * 30 * 10);
});

for (const [what, at] of [
  ['a folder', () => folder],
  ['below a file', () => join(fileURLToPath(import.meta.url), 'log')],
  ['a device', () => '/dev/null'],
  [
    'a named pipe that nobody reads',
    () => {
      const pipe = join(folder, 'pipe');
      execFileSync('/usr/bin/mkfifo', [pipe]);
      return pipe;
    },
  ],
] as const) {
  test(`the log goes to stderr, with one warning, when the file is ${what}`, async () => {
    const { logger, stderr } = fileLogger({ at: at() });
    logger.info('one');
    logger.info('two');
    const flushed = logger.flush();
    while (stderr.written.length < 3) await new Promise(setImmediate);
    stderr.readAll();
    await flushed;
    logger.info('three');
    assert.equal(
      stderr.written.map((line) => JSON.parse(line).message),
      ['The log file failed, so that log lines go to stderr', 'one', 'two', 'three'],
    );
    assert.is(JSON.parse(stderr.written[0] ?? '').level, 'warn');
  });
}

test('the log says on stderr, when it ends, what the file has not taken', async () => {
  const { logger, stderr } = fileLogger({ maxBytes: 4 });
  logger.info('one');
  await logger.flush();
  writeFileSync(`${path}.lock`, ''); // as another process does that puts the file aside
  for (const message of ['two', 'three']) logger.info(message);
  await logger.flush();
  assert.equal(
    stderr.written.map((line) => JSON.parse(line).message),
    ['The log file failed, so that log lines go to stderr', 'two', 'three'],
  );
  assert.match(readFileSync(path, 'utf8'), '"one"');
});

test('the log writes what comes after it gave up, though the file took what it gave up', async () => {
  const stderr = new MemoryStream();
  const options = { path, maxBytes: 4, maxFiles: 1, retryAfter: 0 };
  const file = new LogFile({ ...options, openFallback: () => stderr, warn: (message) => message });
  mkdirSync(join(path, '..'));
  writeFileSync(path, 'full\n');
  writeFileSync(`${path}.lock`, '');
  file.write('one\n', () => undefined);
  assert.ok(file.giveUp());
  await new Promise((written) => file.write('two\n', written));
  assert.is(readFileSync(path, 'utf8'), 'full\none\ntwo\n');
  assert.equal(stderr.written.slice(1), ['one\n', 'The log file takes lines again']);
});

test('the log goes to stderr, with what was not written, when the file fails later', async () => {
  const { logger, stderr } = fileLogger();
  logger.info('one');
  await logger.flush();
  // The next line to be written meets a folder where the file was.
  rmSync(path);
  mkdirSync(path);
  logger.info('two');
  while (stderr.written.length < 2) await new Promise(setImmediate);
  assert.equal(stderr.written.map((line) => JSON.parse(line).message).slice(1), ['two']);
});

test('the log goes back to the file once that takes lines again', async () => {
  const stderr = new MemoryStream();
  const warn = (message: string) => `${message}\n`;
  const file = new LogFile({
    path,
    maxBytes: 1000,
    maxFiles: 1,
    openFallback: () => stderr,
    warn,
    retryAfter: 0,
  });
  const line = async (text: string) => {
    let isWritten = false;
    file.write(`${text}\n`, () => {
      isWritten = true;
    });
    await until(() => {
      stderr.readAll();
      return isWritten;
    });
  };
  mkdirSync(path, { recursive: true });
  await line('one');
  await line('two');
  rmSync(path, { recursive: true });
  await line('three');
  assert.equal(stderr.written, [
    'The log file failed, so that log lines go to stderr\n',
    'one\n',
    'two\n',
    'The log file takes lines again\n',
  ]);
  assert.is(readFileSync(path, 'utf8'), 'three\n');
});

test.run();
