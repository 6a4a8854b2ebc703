import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { ApiKey, KeyRing, NewKey } from '../../../../../src/application/ports/key-store.ts';
import { DomainError } from '../../../../../src/domain/shared/domain-error.ts';
import { runCli } from '../../../../../src/presentation/cli/run-cli.ts';
import { RecordingTerminal } from '../recording-terminal.ts';
import { sampleServices } from '../sample-services.ts';

const test = suite('keys');

const stored: ApiKey = {
  id: '0123456789abcdef',
  name: 'ci',
  sha256: 'f'.repeat(64),
  scopes: ['tools:read', 'prompts:read'],
  created: '2026-01-01T00:00:00.000Z',
};

/** Runs the command over a ring that keeps what it was asked. */
async function run(...argv: string[]) {
  const made: NewKey[] = [];
  const revoked: string[] = [];
  const ring: KeyRing = {
    create: (key) => {
      made.push(key);
      return { key: 'tfk_0123456789abcdef.secret', stored };
    },
    list: () => [stored],
    revoke: (id) => {
      if (id !== stored.id) throw new DomainError('keys.not-found', 'not-found', 'There is no such key');
      revoked.push(id);
    },
  };
  const terminal = new RecordingTerminal();
  const { code } = await runCli(['keys', ...argv], sampleServices({ keys: ring }), terminal);
  return { code, made, revoked, output: terminal.output, messages: terminal.messages };
}

test('the command prints the key on stdout alone, and what it is for beside it', async () => {
  const { code, made, output, messages } = await run(
    ...['create', '--name', 'ci', '--scope', 'tools:read', '--scope=prompts:read', '--scope', 'tools:read'],
    ...['--expires', '90d'],
  );
  assert.is(code, 0);
  assert.equal(made, [{ name: 'ci', scopes: ['tools:read', 'prompts:read'], lifetime: 7_776_000 }]);
  assert.is(output, 'tfk_0123456789abcdef.secret');
  assert.is(
    messages,
    'Made 0123456789abcdef, good for tools:read, prompts:read until it is revoked; it is not shown again',
  );
});

test('a key without scopes is good for everything, and one without an end has none', async () => {
  assert.equal((await run('create')).made, [{ name: undefined, scopes: ['*'], lifetime: undefined }]);
});

for (const [time, seconds] of [
  ['1m', 60],
  ['12h', 43_200],
  ['365d', 31_536_000],
] as const) {
  test(`${time} are ${seconds} s`, async () =>
    assert.is((await run('create', '--expires', time)).made[0]?.lifetime, seconds));
}

test('the command lists keys for people, and for programs', async () => {
  assert.is(
    (await run('list')).output,
    [
      'ID                CREATED                   EXPIRES  SCOPES                   NAME',
      '0123456789abcdef  2026-01-01T00:00:00.000Z  never    tools:read,prompts:read  ci',
    ].join('\n'),
  );
  const { sha256, ...shown } = stored;
  assert.equal(JSON.parse((await run('list', '--json')).output), [{ ...shown, expires: null }]);
});

test('the command prints a new key as JSON, for programs', async () => {
  const { key, id } = JSON.parse((await run('create', '--json')).output);
  assert.equal([key, id], ['tfk_0123456789abcdef.secret', stored.id]);
});

test('the command revokes a key', async () => {
  const { code, revoked, output, messages } = await run('revoke', stored.id);
  assert.equal([code, revoked, output], [0, [stored.id], '']);
  assert.match(messages, 'Revoked 0123456789abcdef');
});

test('the command says that there is no such key', async () => {
  const { code, messages } = await run('revoke', 'nope');
  assert.equal([code, messages], [1, 'error: There is no such key']);
});

for (const [line, message] of [
  ['craete', 'Expected one of create, list, revoke after "keys", got "craete"; did you mean "create"?'],
  ['revoke', 'Expected ID after "keys revoke", got nothing'],
  ['list x', 'Expected nothing after "keys list", got "x"'],
  ['list --name x', 'Options --name, --scope and --expires go with "keys create", not with "keys list"'],
  ['revoke x --json', 'Option --json goes with "keys create" and "keys list"'],
  ['create --expires 90', 'Expected "--expires" to be a time such as 90d, 12h or 30m, got "90"'],
  ['create --expires 0d', 'Expected "--expires" to be a time such as 90d, 12h or 30m, got "0d"'],
  [
    'create --scope tools:raed',
    'Expected "--scope" to be one of "tools:read", "tools:write", "tools:execute", "resources:read", "prompts:read", "*"; got "tools:raed"; did you mean "tools:read"?',
  ],
] as const) {
  test(`the command refuses "keys ${line}"`, async () => {
    const { code, made, revoked, messages } = await run(...line.split(' '));
    assert.equal([code, made, revoked], [2, [], []]);
    assert.is(messages.split('\n')[0], `error: ${message}`);
  });
}

test.run();
