import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { ApiKey, HandOver, KeyRing, NewKey } from '../../../../../src/application/ports/key-store.ts';
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
  return await runOver({ [stored.id]: '2026-02-03' }, ...argv);
}

test('a key that was printed and could not be stored is told to be none', async () => {
  const ring = {
    create: async (_key: NewKey, handOver?: HandOver) => {
      await handOver?.({ key: 'tfk_0123456789abcdef.secret', stored });
      throw new DomainError('keys.not-written', 'unavailable', 'No space');
    },
    list: () => [],
  } as unknown as KeyRing;
  const terminal = new RecordingTerminal();
  const argv = ['keys', 'create', '--name', 'x', '--scope', '*'];
  assert.is((await runCli(argv, sampleServices({ keys: ring }), terminal)).code, 1);
  assert.is(terminal.output, 'tfk_0123456789abcdef.secret');
  assert.equal(terminal.messages.split('\n'), [
    'warning: The key that was printed is not valid: it could not be stored',
    'error: No space',
  ]);
});

async function runOver(uses: Record<string, string> | undefined, ...argv: string[]) {
  const made: NewKey[] = [];
  const revoked: string[] = [];
  const renewed: [id: string, lifetime: number | undefined][] = [];
  const ring: KeyRing = {
    create: async (key, handOver) => {
      const expires = key.lifetime === undefined ? {} : { expires: '2026-04-01T00:00:00.000Z' };
      const created = {
        key: 'tfk_0123456789abcdef.secret',
        stored: { ...stored, ...expires, scopes: key.scopes },
      };
      await handOver?.(created);
      made.push(key);
      return created;
    },
    lastUses: () => uses && new Map(Object.entries(uses)),
    rotate: async (id, lifetime, handOver) => {
      if (id !== stored.id) throw new DomainError('keys.not-found', 'not-found', 'There is no such key');
      const created = { key: 'tfk_0123456789abcdef.renewed', stored };
      await handOver?.(created);
      renewed.push([id, lifetime]);
      return created;
    },
    list: () => [stored],
    revoke: (id) => {
      if (id !== stored.id) throw new DomainError('keys.not-found', 'not-found', 'There is no such key');
      revoked.push(id);
    },
  };
  const terminal = new RecordingTerminal();
  const { code } = await runCli(['keys', ...argv], sampleServices({ keys: ring }), terminal);
  return { code, made, revoked, renewed, output: terminal.output, messages: terminal.messages };
}

test('the command prints the key on stdout alone, and what it is for beside it', async () => {
  const { code, made, output, messages } = await run(
    ...[
      'create',
      '--name',
      'build',
      '--scope',
      'tools:read',
      '--scope=prompts:read',
      '--scope',
      'tools:read',
    ],
    ...['--expires', '90d'],
  );
  assert.is(code, 0);
  assert.equal(made, [{ name: 'build', scopes: ['tools:read', 'prompts:read'], lifetime: 7_776_000 }]);
  assert.is(output, 'tfk_0123456789abcdef.secret');
  assert.is(
    messages,
    'Made 0123456789abcdef, good for tools:read, prompts:read until 2026-04-01T00:00:00.000Z; it is not shown again',
  );
});

const NAMED = ['create', '--name', 'build'];

/** Scopes as they are typed, and those that the key has. */
for (const [typed, scopes] of [
  ['tools:read,prompts:read', ['tools:read', 'prompts:read']],
  ['tools:read, prompts:read', ['tools:read', 'prompts:read']],
  ['tools:read prompts:read', ['tools:read', 'prompts:read']],
  ['tools:read,tools:read,', ['tools:read']],
  ['*', ['*']],
] as const) {
  test(`a key with the scope "${typed}" is good for ${scopes.length}, and ends after 90 days`, async () =>
    assert.equal((await run(...NAMED, '--scope', typed)).made, [
      { name: 'build', scopes, lifetime: 7_776_000 },
    ]));
}

test('the command says out loud that a key is good for everything, or never ends', async () => {
  const told = (await run(...NAMED, '--scope', '*', '--expires', 'never')).messages.split('\n');
  assert.match(told[0] ?? '', 'until it is revoked');
  assert.match(told[1] ?? '', /^warning: Its holder may use everything/);
  assert.match(told[2] ?? '', /^warning: It never expires/);
  assert.not.match((await run(...NAMED, '--scope', 'tools:read')).messages, 'warning');
});

test('the command tells of another key of the same name', async () => {
  const told = (await run('create', '--name', 'ci', '--scope', 'tools:read')).messages.split('\n');
  assert.match(told[1] ?? '', /^warning: Another key has this name: 0123456789abcdef\./);
});

test('the command renews a key for 90 days, or as long as is asked for', async () => {
  const { code, renewed, output, messages } = await run('rotate', stored.id);
  assert.equal([code, renewed, output], [0, [[stored.id, 7_776_000]], 'tfk_0123456789abcdef.renewed']);
  assert.match(
    messages,
    /^Renewed 0123456789abcdef, .*\nwarning: It never expires.*\nThe old key is refused within a second/,
  );
  assert.equal((await run('rotate', stored.id, '--expires', '12h')).renewed, [[stored.id, 43_200]]);
  assert.equal((await run('rotate', stored.id, '--expires', 'never')).renewed, [[stored.id, undefined]]);
  assert.is(
    JSON.parse((await run('rotate', stored.id, '--json')).output).key,
    'tfk_0123456789abcdef.renewed',
  );
  assert.is((await run('rotate', 'nope')).code, 1);
});

for (const [time, seconds] of [
  ['1m', 60],
  ['12h', 43_200],
  ['365d', 31_536_000],
] as const) {
  test(`${time} are ${seconds} s`, async () =>
    assert.is((await run(...NAMED, '--scope', '*', '--expires', time)).made[0]?.lifetime, seconds));
}

test('the command lists keys for people, and for programs', async () => {
  assert.is(
    (await run('list')).output,
    [
      'ID                CREATED                   EXPIRES  LAST USE    SCOPES                   NAME',
      '0123456789abcdef  2026-01-01T00:00:00.000Z  never    2026-02-03  tools:read,prompts:read  ci',
    ].join('\n'),
  );
  const { sha256, ...shown } = stored;
  assert.equal(JSON.parse((await run('list', '--json')).output), [
    { ...shown, expires: null, last_used: '2026-02-03' },
  ]);
  const lastUse = async (uses: Record<string, string> | undefined) =>
    JSON.parse((await runOver(uses, 'list', '--json')).output)[0].last_used;
  assert.is(await lastUse({}), 'never');
  assert.is(await lastUse(undefined), 'unknown');
});

test('the command prints a new key as JSON, for programs', async () => {
  const { key, id } = JSON.parse((await run(...NAMED, '--scope', '*', '--json')).output);
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
  [
    'craete',
    'Expected one of create, list, rotate, revoke after "keys", got "craete"; did you mean "create"?',
  ],
  ['revoke', 'Expected ID after "keys revoke", got nothing'],
  ['list x', 'Expected nothing after "keys list", got "x"'],
  ['rotate', 'Expected ID after "keys rotate", got nothing'],
  ['rotate x --scope *', 'Options --name and --scope go with "keys create", not with "keys rotate"'],
  ['list --name x', 'Options --name and --scope go with "keys create", not with "keys list"'],
  ['list --expires 1d', 'Option --expires goes with "keys create" and "keys rotate", not with "keys list"'],
  ['revoke x --json', 'Option --json goes with "keys create", "keys rotate" and "keys list"'],
  ['create --scope *', 'Expected "--name" with what the key is for, such as --name ci, got none'],
  ['create --name= --scope *', 'Expected "--name" with what the key is for, such as --name ci, got none'],
  [
    `create --name=${'x'.repeat(101)} --scope *`,
    'Expected "--name" to be one line of at most 100 characters',
  ],
  [
    'create --name x',
    'Expected "--scope" with what the key lets its holder use, got none: tools:read, tools:write, tools:execute, resources:read, prompts:read, *; such as --scope tools:read,resources:read',
  ],
  [
    'create README.md --name x --scope CHANGELOG.md',
    `Expected nothing after "keys create", got "README.md"; for every scope, write --scope '*' with the quotes`,
  ],
  [
    'create --name x --scope * --expires 90',
    'Expected "--expires" to be a time such as 90d, 12h or 30m, or never, got "90"',
  ],
  [
    'create --name x --scope * --expires 0d',
    'Expected "--expires" to be a time such as 90d, 12h or 30m, or never, got "0d"',
  ],
  [
    'create --name x --scope tools:raed',
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
