import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { runProduct } from '../support/run-product.ts';

/** Files with conversations in them, in an allowed directory. */
const test = suite('files of the database', { folder: '' });

test.before.each((context) => {
  context.folder = realpathSync(mkdtempSync(join(tmpdir(), 'tfo-mcp-database-')));
});
test.after.each(({ folder }) => rmSync(folder, { recursive: true, force: true }));

const run = (folder: string, ...argv: readonly string[]) =>
  runProduct(argv, {
    HOME: folder,
    TELEMETRYFLOW_MCP_DATABASE_DRIVER: 'sqlite',
    TELEMETRYFLOW_MCP_DATABASE_PATH: join(folder, 'kept.db'),
    TELEMETRYFLOW_MCP_SECURITY_ALLOWED_DIRECTORIES: folder,
  });

/** Each tool that reads, and the resource, on a file. */
function requireRefused(folder: string, file: string): void {
  const path = join(folder, file);
  for (const argv of [
    ['call', 'read_file', `path=${path}`],
    ['call', 'read_file', `path=${path}`, 'byte_offset=100'],
    ['call', 'write_file', `path=${path}`, 'content=x', 'dry_run=true'],
    ['read', `file://${path}`],
  ]) {
    const { code, stdout, stderr } = run(folder, ...argv);
    assert.is(code, 1, argv.join(' '));
    assert.match(stdout + stderr, `${file}" is refused, wherever it is`);
  }
}

test('those beside it are refused by their names', ({ folder }) => {
  for (const file of [
    'kept.db-wal',
    'kept.db.before-migration',
    'kept.db.before-migration.part',
    'kept.db.damaged/1/kept.db',
  ]) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), 'said in a conversation');
    requireRefused(folder, file);
  }
});

if (process.platform !== 'win32')
  test('those beside the target of a link are refused, too', ({ folder }) => {
    writeFileSync(join(folder, 'target.db'), '');
    writeFileSync(join(folder, 'target.db-wal'), 'said in a conversation');
    symlinkSync('target.db', join(folder, 'kept.db'));
    requireRefused(folder, 'target.db-wal');
  });

test('a backup is refused by what is in it, whatever its name', ({ folder }) => {
  assert.is(run(folder, 'migrate', 'up').code, 0);
  assert.is(run(folder, 'database', 'backup', join(folder, 'notes.txt')).code, 0);
  requireRefused(folder, 'notes.txt');
  const theirs = join(folder, 'theirs.txt');
  writeFileSync(theirs, `SQLite format 3\0${' '.repeat(100)}`);
  assert.is(run(folder, 'call', 'read_file', `path=${theirs}`, 'encoding=latin1').code, 0);
});

test.run();
