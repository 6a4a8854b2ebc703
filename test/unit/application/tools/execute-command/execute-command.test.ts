import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { InputRequired } from '../../../../../src/application/asking.ts';
import type { CommandOutcome, CommandRequest } from '../../../../../src/application/ports/processes.ts';
import type { RequestContext } from '../../../../../src/application/request-context.ts';
import {
  type ExecuteCommandDependencies,
  executeCommandTool,
} from '../../../../../src/application/tools/execute-command/execute-command.ts';
import { MAX_ANSWER_BYTES } from '../../../../../src/domain/policy/answer-limit.ts';
import { DomainError } from '../../../../../src/domain/shared/domain-error.ts';
import type { JsonObject } from '../../../../../src/domain/shared/json.ts';
import { failureOf, refusalOf } from '../../../../support/failure.ts';
import { fakeContext } from '../../fake-context.ts';
import { ManualClock } from '../../manual-clock.ts';

const test = suite('execute-command');

const output = (head: string) => ({ head, tail: '', omittedBytes: 0 });
const done: CommandOutcome = {
  exitCode: 0,
  signal: null,
  stdout: output('out'),
  stderr: output('err'),
  timedOut: false,
  durationMs: 12.4,
  leftRunning: [],
};

/** The tool over a process port that keeps what it is asked, and an allowed directory /work. */
function desk(given: Partial<ExecuteCommandDependencies> = {}, outcome: Partial<CommandOutcome> = {}) {
  const asked: CommandRequest[] = [];
  const clock = new ManualClock();
  const tool = executeCommandTool({
    processes: {
      run: async (request) => {
        asked.push(request);
        return { ...done, ...outcome };
      },
    },
    files: {
      directory: async (path) => {
        if (path === '/outside') throw new DomainError('path.outside', 'forbidden', 'Outside');
        return path ?? '/work';
      },
    },
    grants: { of: async () => ({ directories: ['/work'], advice: '' }) },
    clock,
    limits: {
      answerBytes: 16_384,
      maxOutputBytes: 4096,
      commandTimeout: 30,
      maxCommandTimeout: 600,
      maxConcurrentCommands: 16,
    },
    rules: { policy: 'allow', allowlist: [], platform: 'linux' },
    environment: {
      variables: { PATH: '/bin', HOME: '/home/ada', ANTHROPIC_API_KEY: 'sk-ant-1', COPY: 'hunter2' },
      secrets: ['hunter2'],
      platform: 'linux',
    },
    ...given,
  });
  const run = (args: JsonObject, context: RequestContext = fakeContext()) =>
    Promise.resolve(tool.run(args, context));
  const refusal = async (args: JsonObject, context?: RequestContext): Promise<string> => {
    const { code, message } = await refusalOf(run(args, context));
    return `${code}: ${message}`;
  };
  return { tool: tool.tool, asked, clock, run, refusal };
}

const textOf = (result: Awaited<ReturnType<ReturnType<typeof desk>['run']>>): string => {
  assert.is(result.content.length, 1);
  const [block] = result.content;
  return block?.type === 'text' ? block.text : '';
};

test('a command that ends well is told as a value and as the same text', async () => {
  const { run } = desk();
  const result = await run({ command: 'true' });
  const expected = {
    exit_code: 0,
    signal: null,
    stdout: 'out',
    stderr: 'err',
    timed_out: false,
    truncated: false,
    duration_ms: 12,
  };
  assert.not(result.isError);
  assert.equal(result.structuredContent, expected);
  assert.equal(JSON.parse(textOf(result)), expected);
});

for (const [what, outcome] of [
  ['timeout', { exitCode: null, signal: 'SIGTERM', timedOut: true }],
  ['timeout, though it then ended well', { exitCode: 0, timedOut: true }],
] as const) {
  test(`one that failed by ${what} is an error whose only text is the JSON`, async () => {
    const result = await desk({}, outcome).run({ command: 'false' });
    assert.ok(result.isError);
    assert.not('structuredContent' in result);
    const value = JSON.parse(textOf(result));
    assert.is(value.exit_code, outcome.exitCode);
    assert.is(value.timed_out, 'timedOut' in outcome);
  });
}

for (const [what, outcome] of [
  ['exit code', { exitCode: 3 }],
  ['signal of its own', { exitCode: null, signal: 'SIGSEGV' }],
] as const)
  test(`one that failed by ${what} is a result: it ran`, async () => {
    const { isError, structuredContent } = await desk({}, outcome).run({ command: 'false' });
    assert.not(isError);
    assert.is(structuredContent?.['exit_code'], outcome.exitCode);
  });

test('the tool runs what is given, in the first allowed directory, with the defaults', async () => {
  const { run, asked } = desk();
  await run({ argv: ['ls', '-l'] });
  const { onOutput, environment, ...request } = asked[0] as CommandRequest;
  assert.type(onOutput, 'function');
  assert.equal(request, {
    line: { argv: ['ls', '-l'] },
    directory: '/work',
    stdin: undefined,
    encoding: undefined,
    timeoutMs: 30_000,
    maxOutputBytes: 4096,
  });
  assert.equal(Object.keys(environment), ['PATH', 'HOME']);
});

test('the tool passes on what is asked for', async () => {
  const { run, asked } = desk();
  await run({ command: 'cat', working_dir: '/work/a', timeout: 1.5, env: { A: 'b' }, stdin: 'hello' });
  const { directory, timeoutMs, environment, stdin } = asked[0] as CommandRequest;
  assert.equal([directory, timeoutMs, environment['A'], stdin], ['/work/a', 1500, 'b', 'hello']);
});

test('the tool refuses both ways of saying it, and neither, before anything runs', async () => {
  const { refusal, asked } = desk();
  assert.match(await refusal({ command: 'ls', argv: ['ls'] }), 'command.invalid');
  assert.match(await refusal({}), 'command.invalid');
  assert.match(await refusal({ argv: [] }), 'command.invalid');
  assert.match(await refusal({ command: 'ls', working_dir: '/outside' }), 'path.outside');
  assert.match(await refusal({ command: 'ls', env: { 'A=B': 'c' } }), 'command.invalid');
  assert.is(asked.length, 0);
});

test('on Windows the tool refuses what loses lines there or is no program, before anybody is asked', async () => {
  for (const policy of ['allow', 'ask'] as const) {
    const { run, refusal, asked } = desk({ rules: { policy, allowlist: [], platform: 'win32' } });
    assert.match(
      await refusal({ command: 'cd a\ndir' }),
      'command.invalid: Expected "command" to be one line',
    );
    assert.match(await refusal({ argv: ['npm.cmd', 'test'] }), 'is a batch file');
    if (policy === 'ask') continue;
    await run({ command: 'dir\r\n' });
    assert.equal(asked[0]?.line, { command: 'dir' });
  }
  const { run, asked } = desk();
  await run({ command: 'cd a\nls\n' });
  assert.equal(asked[0]?.line, { command: 'cd a\nls\n' });
});

for (const args of [
  { command: 1 },
  { argv: 'ls' },
  { argv: [null] },
  { command: 'ls', timeout: '5s' },
  { command: 'ls', timeout: 0 },
  { command: 'ls', timeout: 601 },
  { command: 'ls', env: { A: [1] } },
  { command: 'ls', env: 'A=B' },
  { command: 'ls', stdin: 5 },
  { command: 'ls', shell: '/bin/bash' },
]) {
  test(`the tool does not take ${JSON.stringify(args)}`, async () => {
    const { run, asked } = desk();
    assert.ok((await run(args)).isError);
    assert.is(asked.length, 0);
  });
}

test('its schema says the configured limits, and the pipeline never strikes before them', () => {
  const { tool } = desk({
    limits: {
      answerBytes: 16_384,
      maxOutputBytes: 4096,
      commandTimeout: 40,
      maxCommandTimeout: 50,
      maxConcurrentCommands: 3,
    },
  });
  const properties = tool.inputSchema()['properties'] as JsonObject;
  const timeout = properties['timeout'] as JsonObject;
  assert.equal([timeout['default'], timeout['maximum']], [40, 50]);
  assert.ok((tool.timeout as number) > 50);
  assert.is(tool.concurrency, 3);
});

test('without a timeout a command gets no more time than a call may ask for', async () => {
  const { run, asked } = desk({
    limits: {
      answerBytes: 16_384,
      maxOutputBytes: 4096,
      commandTimeout: 40,
      maxCommandTimeout: 20,
      maxConcurrentCommands: 3,
    },
  });
  await run({ command: 'ls' });
  assert.is(asked[0]?.timeoutMs, 20_000);
});

test('the tool keeps no more than a result can hold, and ends with its call', async () => {
  const limits = {
    answerBytes: 16_384,
    maxOutputBytes: 1e9,
    commandTimeout: 30,
    maxCommandTimeout: 30,
    maxConcurrentCommands: 3,
  };
  const signals: AbortSignal[] = [];
  const requests: CommandRequest[] = [];
  const { run } = desk({
    limits,
    processes: {
      run: async (request, signal) => {
        requests.push(request);
        signals.push(signal);
        return done;
      },
    },
  });
  const context = fakeContext();
  await run({ command: 'ls' }, context);
  assert.ok((requests[0]?.maxOutputBytes ?? 1e9) < MAX_ANSWER_BYTES / 2);
  assert.is(signals[0], context.signal);
});

test('only who was granted that may call it', () => {
  assert.is(desk().tool.scope, 'tools:execute');
});

test('the allowlist is asked, and what it refuses doesn’t run', async () => {
  const allowlist = [{ path: '/bin/ls', arguments: [] }];
  const { run, refusal, asked } = desk({ rules: { policy: 'allowlist', allowlist, platform: 'linux' } });
  assert.match(await refusal({ command: '/bin/ls' }), 'command.refused');
  assert.match(await refusal({ argv: ['/bin/rm'] }), 'command.refused');
  assert.match(await refusal({ argv: ['/bin/ls'], env: { LD_PRELOAD: 'x' } }), 'command.refused');
  assert.is(asked.length, 0);
  await run({ argv: ['/bin/ls'] });
  assert.is(asked.length, 1);
});

const ask = { policy: 'ask', allowlist: [], platform: 'linux' } as const;

const answering = (action: string, questions: object[] = []) =>
  fakeContext({
    client: { name: 'test', version: '1', can: (capability) => capability === 'elicitation' },
    ask: (async (asked: object) => {
      questions.push(asked);
      return { approval: { action } };
    }) as RequestContext['ask'],
  });

test('the policy ask shows everything, and runs what is accepted', async () => {
  const { run, asked } = desk({ rules: ask });
  const questions: { approval: { message: string; kind: string } }[] = [];
  await run({ command: 'make', env: { A: 'b' }, stdin: 'in' }, answering('accept', questions));
  assert.is(asked.length, 1);
  assert.is(questions[0]?.approval.kind, 'approval');
  for (const shown of ['| make', '| /work', '| A="b"', '| in', 'after 30 s'])
    assert.match(questions[0]?.approval.message ?? '', shown);
});

for (const action of ['decline', 'cancel']) {
  test(`the policy ask runs nothing on ${action}`, async () => {
    const { refusal, asked } = desk({ rules: ask });
    assert.match(await refusal({ command: 'make' }, answering(action)), 'command.refused');
    assert.is(asked.length, 0);
  });
}

test('the policy ask denies a client that can’t be asked, and says why', async () => {
  const { refusal, asked } = desk({ rules: ask });
  assert.match(await refusal({ command: 'make' }), 'does not offer elicitation');
  assert.is(asked.length, 0);
});

test('the policy ask refuses what can’t be shown whole, unasked', async () => {
  const { refusal, asked } = desk({ rules: ask });
  const questions: object[] = [];
  const command = `echo ${'x'.repeat(3000)}`;
  assert.match(await refusal({ command }, answering('accept', questions)), 'approval.too-long');
  assert.match(await refusal({ command }), 'does not offer elicitation');
  assert.equal([asked, questions], [[], []]);
});

test('a command does not run in a directory that took the place of the approved one', async () => {
  for (const now of ['/work/other', '/outside']) {
    let place = '/work';
    const { refusal, asked } = desk({
      rules: ask,
      files: {
        directory: async () => {
          if (place === '/outside') throw new DomainError('path.outside', 'forbidden', 'Outside');
          return place;
        },
      },
    });
    const context = fakeContext({
      client: { name: 'test', version: '1', can: () => true },
      ask: (async () => {
        place = now;
        return { approval: { action: 'accept' } };
      }) as unknown as RequestContext['ask'],
    });
    const code = now === '/outside' ? 'path.outside' : 'approval.outdated';
    assert.match(await refusal({ command: 'make' }, context), code);
    assert.is(asked.length, 0);
  }
});

test('an unanswered question unwinds the tool before anything runs', async () => {
  const { run, asked } = desk({ rules: ask });
  const context = fakeContext({
    client: { name: 'test', version: '1', can: () => true },
    ask: () => Promise.reject(new InputRequired({})),
  });
  const thrown = await failureOf(run({ command: 'make' }, context));
  assert.instance(thrown, InputRequired);
  assert.is(asked.length, 0);
});

test('the tool tells progress at the first output, then no more often than twice a second', async () => {
  const told: [number, number | undefined, string | undefined][] = [];
  const clock = new ManualClock();
  const { run } = desk({
    clock,
    processes: {
      run: async ({ onOutput }) => {
        for (let time = 0; time < 20; time++) {
          onOutput?.(10);
          clock.advance(100);
        }
        return done;
      },
    },
  });
  const context = fakeContext({ progress: (...args) => void told.push([args[0], args[1], args[2]]) });
  await run({ command: 'make' }, context);
  assert.equal(
    told.map(([seconds]) => seconds),
    [0, 0.5, 1, 1.5],
  );
  assert.equal(told[1], [0.5, 30, 'Running for 1 s, 60 bytes of output']);
});

test('a silent command is told of, too, until it ends', async () => {
  const { setInterval: real, clearInterval: realClear } = globalThis;
  const running = new Map<number, { beat: () => void; ms: number }>();
  const fake = (beat: () => void, ms: number) => running.set(1, { beat, ms }) && 1;
  Object.assign(globalThis, { setInterval: fake, clearInterval: (id: number) => running.delete(id) });
  try {
    const told: number[] = [];
    const clock = new ManualClock();
    const { run } = desk({
      clock,
      processes: {
        run: async () => {
          const { beat, ms } = running.get(1) as { beat: () => void; ms: number };
          assert.ok(ms <= 20_000);
          clock.advance(ms);
          beat();
          return done;
        },
      },
    });
    await run({ command: 'sleep 15' }, fakeContext({ progress: (seconds) => void told.push(seconds) }));
    assert.equal(told, [5]);
    assert.is(running.size, 0);
  } finally {
    Object.assign(globalThis, { setInterval: real, clearInterval: realClear });
  }
});

const sleepers = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ name: 'sleep', pid: at + 1 }));

for (const [what, outcome, note] of [
  [
    'what was left running',
    { leftRunning: sleepers(1) },
    /left it running: sleep \(1\)\. Nothing can be kept running/,
  ],
  ['the first ten of many', { leftRunning: sleepers(12) }, /sleep \(10\), 2 more\./],
  [
    'bytes that are not UTF-8',
    { stdout: { ...output('\ufffd'), invalidBytes: 1 } },
    /^1 byte of stdout is not UTF-8/,
  ],
  [
    'another encoding',
    { stderr: { ...output('é'), encoding: 'windows-1252' } },
    /^stderr is not UTF-8 and was read as w/,
  ],
] as const) {
  test(`the note tells ${what}`, async () => {
    assert.match(String((await desk({}, outcome).run({ command: 'x' })).structuredContent?.['note']), note);
    const failed = await desk({}, { ...outcome, exitCode: 1 }).run({ command: 'x' });
    assert.match(JSON.parse(textOf(failed)).note, note);
  });
}

test('output is read by the locale of the command', async () => {
  const { run, asked } = desk();
  await run({ command: 'x', env: { LANG: 'de_DE.ISO-8859-1' } });
  await run({ command: 'x', env: { LANG: 'de_DE.ISO-8859-1', LC_ALL: 'C.UTF-8' } });
  assert.equal(
    asked.map(({ encoding }) => encoding),
    ['iso-8859-1', undefined],
  );
});

test('the tool cuts what is too long, and says so', async () => {
  const { run } = desk({}, { stdout: output('x'.repeat(10_000)) });
  const { structuredContent } = await run({ command: 'yes' });
  assert.is(structuredContent?.['truncated'], true);
  assert.match(String(structuredContent?.['stdout']), 'bytes are left out here: to see all, send');
});

for (const [what, { args, takesAll }, expected] of [
  ['as much as clients take', { args: {}, takesAll: false }, 16_384],
  ['as much as the call asks for', { args: { max_output: 100_000 }, takesAll: false }, 100_512],
  ['less, if the call asks for less', { args: { max_output: 2000 }, takesAll: false }, 2512],
  ['all that there may be at a terminal', { args: {}, takesAll: true }, 262_656],
] as const)
  test(`a long output is answered with ${what}`, async () => {
    const limits = {
      answerBytes: 16_384,
      maxOutputBytes: 262_144,
      commandTimeout: 30,
      maxCommandTimeout: 30,
      maxConcurrentCommands: 3,
    };
    const { run } = desk({ limits }, { stdout: output('x\n'.repeat(500_000)) });
    const client = { ...fakeContext().client, takesAll };
    const result = await run({ command: 'yes', ...args }, fakeContext({ client }));
    const bytes = Buffer.byteLength(textOf(result));
    assert.ok(bytes <= expected && bytes > expected * 0.6, `${bytes} bytes`);
    assert.match(textOf(result).slice(0, 200), '"truncated":true');
    assert.is(textOf(result).includes('"max_output\\" gives up to 262144'), !takesAll);
  });

test.run();
