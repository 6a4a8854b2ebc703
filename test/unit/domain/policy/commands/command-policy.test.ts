import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { CommandLine } from '../../../../../src/domain/policy/commands/command-line.ts';
import {
  type AllowedProgram,
  type CommandPolicy,
  type CommandVerdict,
  judgeCommand,
  offersCommands,
} from '../../../../../src/domain/policy/commands/command-policy.ts';

const test = suite('command-policy');

const git: AllowedProgram = { path: '/usr/bin/git', arguments: [] };
const npmTest: AllowedProgram = { path: '/usr/bin/npm', arguments: ['run', 'test'] };

function judge(
  line: CommandLine,
  {
    policy = 'allowlist',
    allowlist = [git, npmTest],
    platform = 'linux',
    setsEnvironment = false,
  }: {
    policy?: CommandPolicy;
    allowlist?: readonly AllowedProgram[];
    platform?: string;
    setsEnvironment?: boolean;
  } = {},
): CommandVerdict {
  return judgeCommand({ line, setsEnvironment }, { policy, allowlist, platform });
}

const reasonOf = (verdict: CommandVerdict) => (verdict.kind === 'refuse' ? verdict.reason : verdict.kind);

test('allow runs everything, ask asks for everything, off refuses everything', () => {
  for (const line of [{ command: 'rm -r x' }, { argv: ['/usr/bin/git'] }]) {
    for (const setsEnvironment of [false, true]) {
      assert.equal(judge(line, { policy: 'allow', setsEnvironment }), { kind: 'run' });
      assert.equal(judge(line, { policy: 'ask', setsEnvironment }), { kind: 'ask' });
      assert.match(reasonOf(judge(line, { policy: 'off', setsEnvironment })), 'switched off');
    }
  }
});

test('only with the policy off there is nothing to offer', () => {
  for (const policy of ['allow', 'ask', 'allowlist'] as const) assert.ok(offersCommands({ policy }));
  assert.not(offersCommands({ policy: 'off' }));
});

const allowed: readonly (readonly string[])[] = [
  ['/usr/bin/git'],
  ['/usr/bin/git', 'status'],
  ['/usr/bin/git', '-c', 'a=b', 'log', '; rm -r /'],
  ['/usr/bin/npm', 'run', 'test'],
  ['/usr/bin/npm', 'run', 'test', '--', '--all'],
];
for (const argv of allowed) {
  test(`the allowlist lets ${JSON.stringify(argv)} through`, () => {
    assert.equal(judge({ argv }), { kind: 'run' });
  });
}

const refused: readonly (readonly string[])[] = [
  ['git', 'status'],
  ['./git'],
  ['/usr/bin/../bin/git'],
  ['/usr/bin//git'],
  ['/usr/bin/git/'],
  ['/usr/bin/git '],
  ['/usr/bin/GIT'],
  ['/usr/local/bin/git'],
  ['/bin/sh', '-c', '/usr/bin/git'],
  ['/usr/bin/env', '/usr/bin/git'],
  ['/usr/bin/npm'],
  ['/usr/bin/npm', 'run'],
  ['/usr/bin/npm', 'test', 'run'],
  ['/usr/bin/npm', 'run', 'test2'],
  ['/usr/bin/npm', 'run test'],
  ['/usr/bin/npm', '--prefix', '/tmp', 'run', 'test'],
];
for (const argv of refused) {
  test(`the allowlist keeps ${JSON.stringify(argv)} out, and says what is allowed`, () => {
    assert.match(reasonOf(judge({ argv })), '["/usr/bin/git"], ["/usr/bin/npm","run","test"]');
  });
}

test('the allowlist takes no line for the shell, not even one that names an allowed program', () => {
  assert.match(reasonOf(judge({ command: '/usr/bin/git' })), 'only "argv" is taken');
});

test('the allowlist takes no variables: LD_PRELOAD would make any program run another', () => {
  assert.match(reasonOf(judge({ argv: ['/usr/bin/git'] }, { setsEnvironment: true })), '"env" is not taken');
});

test('an empty allowlist allows nothing', () => {
  assert.match(reasonOf(judge({ argv: ['/usr/bin/git'] }, { allowlist: [] })), 'allowlist: nothing');
});

test('on Windows neither case nor the kind of slash matters in paths; in arguments they do', () => {
  const allowlist = [{ path: 'C:\\Program Files\\Git\\git.exe', arguments: ['log'] }];
  const on = (argv: readonly string[], platform: string) => judge({ argv }, { allowlist, platform }).kind;
  assert.is(on(['c:/program files/git/GIT.EXE', 'log'], 'win32'), 'run');
  assert.is(on(['c:/program files/git/GIT.EXE', 'LOG'], 'win32'), 'refuse');
  assert.is(on(['c:/program files/git/GIT.EXE', 'log'], 'linux'), 'refuse');
});

test('a long allowlist is told in part', () => {
  const allowlist = Array.from({ length: 30 }, (_, index) => ({ path: `/p/${index}`, arguments: [] }));
  const reason = reasonOf(judge({ argv: ['/usr/bin/git'] }, { allowlist }));
  assert.match(reason, '["/p/19"], and 10 more');
  assert.not.match(reason, '/p/20');
  const long = [{ path: '/p', arguments: ['x'.repeat(5000)] }];
  assert.ok(reasonOf(judge({ argv: ['/usr/bin/git'] }, { allowlist: long })).length < 500);
});

test.run();
