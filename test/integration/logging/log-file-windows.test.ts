import { closeSync, constants, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createRedactor } from '../../../src/domain/policy/redact.ts';
import { createConsolaLogger } from '../../../src/infrastructure/logging/consola-logger.ts';
import { RotatingFile } from '../../../src/infrastructure/logging/rotating-file.ts';
import { skip } from '../../support/skip.ts';
import { MemoryStream } from '../../unit/infrastructure/logging/memory-stream.ts';

/** Windows keeps files that are open elsewhere; so does Wine, in these cases. */
const test = suite<{ folder: string; path: string }>('log file: files that are open elsewhere');

test.before.each((context) => {
  context.folder = mkdtempSync(join(tmpdir(), 'tfo-mcp-log-'));
  context.path = join(context.folder, 'tfo-mcp.log');
});
test.after.each(({ folder }) => {
  try {
    rmSync(folder, { recursive: true });
  } catch {
    // Windows keeps a folder as long as files in it are open, which the log's is
  }
});

const onWindows = (name: string, body: (path: string) => Promise<void>) =>
  process.platform === 'win32' ? test(name, ({ path }) => body(path)) : skip(test, 'Windows', name);

/** As libuv has it: nobody else may open the file. */
const EXCLUSIVE = 0x10000000;

onWindows('the log waits for a file that somebody has for himself', async (path) => {
  const file = new RotatingFile({ path, maxBytes: 1000, maxFiles: 1 });
  writeFileSync(path, '');
  const descriptor = openSync(path, constants.O_RDWR | EXCLUSIVE);
  setTimeout(() => closeSync(descriptor), 100);
  await file.append(['a']);
  assert.is(readFileSync(path, 'utf8'), 'a');
});

onWindows('the log says on stderr, when it ends, what it could not write to such a file', async (path) => {
  const stderr = new MemoryStream();
  const logger = createConsolaLogger({
    level: 'info',
    format: 'json',
    redactor: createRedactor([]),
    environment: {},
    openStream: () => stderr,
    file: { path, maxBytes: 1000, maxFiles: 1 },
  });
  writeFileSync(path, '');
  const descriptor = openSync(path, constants.O_RDWR | EXCLUSIVE);
  logger.info('late');
  await logger.flush();
  closeSync(descriptor);
  assert.equal(
    stderr.written.map((line) => JSON.parse(line).message),
    ['The log file failed, so that log lines go to stderr', 'late'],
  );
});

onWindows('the log writes on into a full file that somebody keeps from being put aside', async (path) => {
  writeFileSync(`${path}.1`, 'old');
  const descriptor = openSync(`${path}.1`, 'r');
  const file = new RotatingFile({ path, maxBytes: 4, maxFiles: 1 });
  for (const text of ['aaaa', 'b', 'c']) await file.append([text]);
  closeSync(descriptor);
  assert.is(readFileSync(path, 'utf8'), 'aaaabc');
});

test.run();
