import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { runCli } from '../../../../../src/presentation/cli/run-cli.ts';
import { RecordingTerminal } from '../recording-terminal.ts';
import { sampleServices } from '../sample-services.ts';

const test = suite('migrate and database');

const backup = {
  file: '/state/tfo-mcp.db.before-migration',
  bytes: 4096,
  madeAt: '2026-01-01T00:00:00.000Z',
  keptUntil: '2026-01-08T00:00:00.000Z',
};

const run = (...argv: string[]) => runWith(false, argv);

async function runWith(hasBackup: boolean, argv: string[]) {
  const done: string[] = [];
  const database = {
    path: '/state/tfo-mcp.db',
    status: async () => ({
      current: 1,
      newest: 2,
      migrations: [
        { version: 1, name: 'first', isApplied: true },
        { version: 2, name: 'second', isApplied: false },
      ],
      ...(hasBackup && { backup }),
    }),
    migrate: async () => void done.push('migrated'),
    backUp: async (file: string) => void done.push(`to ${file}`),
    restore: async (file: string) => void done.push(`from ${file}`),
  };
  const terminal = new RecordingTerminal();
  const { code } = await runCli(argv, sampleServices({ database }), terminal);
  return { code, done, output: terminal.output, messages: terminal.messages };
}

test('migrate shows the steps, and does them', async () => {
  const shown = await run('migrate', 'status');
  assert.equal(shown.output.split('\n'), [
    '/state/tfo-mcp.db: schema 1 of 2',
    '  1  done   first',
    '  2  to do  second',
  ]);
  assert.equal(shown.done, []);
  assert.is(JSON.parse((await run('migrate', 'status', '--json')).output).current, 1);
  const { code, done, messages } = await run('migrate', 'up');
  assert.equal([code, done], [0, ['migrated']]);
  assert.match(messages, 'is up to date (schema 2)');
});

test('migrate tells of the backup that was made before', async () => {
  const sentence =
    '/state/tfo-mcp.db.before-migration has it as it was on 2026-01-01T00:00:00.000Z, before its tables were changed; it is removed on 2026-01-08T00:00:00.000Z';
  assert.is((await runWith(true, ['migrate', 'status'])).output.split('\n').at(-1), sentence);
  assert.is((await runWith(true, ['migrate', 'up'])).messages.trimEnd().split('\n').at(-1), sentence);
  assert.equal(JSON.parse((await runWith(true, ['migrate', 'status', '--json'])).output).backup, backup);
});

test('database copies to and from a file', async () => {
  assert.equal((await run('database', 'backup', 'a.db')).done, ['to a.db']);
  assert.equal((await run('database', 'restore', 'a.db')).done, ['from a.db']);
});

for (const [line, message] of [
  ['migrate down', /Expected one of up, status after "migrate", got "down"/],
  ['migrate up --json', /Option --json goes with "migrate status"/],
  ['migrate', /Expected up\|status after "migrate", got nothing/],
  ['database backp x', /got "backp"; did you mean "backup"\?/],
  ['database backup', /Expected FILE after "database backup", got nothing/],
  [
    'database backp',
    /Expected one of backup, restore after "database", got "backp"; did you mean "backup"\?/,
  ],
] as const)
  test(`the command refuses "${line}"`, async () => {
    const { code, messages, done } = await run(...line.split(' '));
    assert.equal([code, done], [2, []]);
    assert.match(messages, message);
  });

test.run();
