import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { root } from '../../build/paths.ts';

const test = suite('faults of the program');

interface Fault {
  /** The module that brings it about, loaded before the program. */
  readonly module: string;
  readonly args: readonly string[];
}

/** Runs the program with a fault in it; stdin stays open, so that only the fault can end it. */
async function run({ module, args }: Fault) {
  const child = spawn(process.execPath, [
    '--import',
    `data:text/javascript,${encodeURIComponent(module)}`,
    join(root, 'src', 'main.ts'),
    ...args,
  ]);
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text;
  });
  const [code] = await once(child, 'close');
  return { code, stderr };
}

const broken = 'new TypeError("x is not a function\\nsecond line")';
/** As soon as the server serves: it asks for its parent's number then. */
const whenServing = (act: string) =>
  `let asked = false; Object.defineProperty(process, 'ppid', { get() {
    if (!asked) setImmediate(() => { ${act} });
    asked = true;
    return 1;
  } });`;
const atStart = `const { env } = process;
  Object.defineProperty(process, 'env', { get() {
    if (new Error().stack.includes('process-' + 'host')) throw ${broken};
    return env;
  } });`;
const SENTENCE = /^error: tfo-mcp failed unexpectedly with "TypeError: x is not a function"; (.*)$/m;
const REMEDY = 'run it again with --debug to see where, and report that';
const ID = /^the log has it as ([0-9a-f-]{36})$/;

for (const [what, fault, remedy] of [
  ['an exception while serving', { module: whenServing(`throw ${broken}`), args: ['serve'] }, ID],
  [
    'an exception while serving, with --debug',
    { module: whenServing(`throw ${broken}`), args: ['serve', '--debug'] },
    ID,
  ],
  ['an exception at the start of serving', { module: atStart, args: ['serve'] }, REMEDY],
  ['an exception in a command', { module: atStart, args: ['config'] }, REMEDY],
  [
    'a rejection in a command',
    { module: `setImmediate(() => Promise.reject(${broken}))`, args: ['info'] },
    /./,
  ],
] as const) {
  test(`${what} is one sentence, and the exit code 1`, async () => {
    const { code, stderr } = await run(fault);
    assert.is(code, 1, stderr);
    const told = SENTENCE.exec(stderr)?.[1] ?? stderr;
    if (typeof remedy === 'string') assert.is(told, remedy);
    else assert.match(told, remedy);
    const id = ID.exec(told)?.[1];
    if (id !== undefined) assert.match(stderr, new RegExp(`"level":"error".*"correlation_id":"${id}"`));
    assert.is(stderr.includes('second line'), fault.args.includes('--debug' as never), stderr);
    assert.is(/^\s+at /m.test(stderr), false, stderr);
    assert.not.match(stderr, /throw |\^/);
  });
}

test('without a log, --debug tells where it was', async () => {
  const { stderr } = await run({ module: atStart, args: ['config', '--debug'] });
  assert.match(stderr, /^\s+at /m);
});

for (const [thrown, named] of [
  ['undefined', 'undefined'],
  ['null', 'null'],
  ['Object.create(null)', 'a thrown object'],
  ['Symbol("s")', 'Symbol(s)'],
  ['"text"', 'text'],
]) {
  test(`${thrown} can be thrown, too`, async () => {
    const { code, stderr } = await run({ module: whenServing(`throw ${thrown}`), args: ['serve'] });
    assert.is(code, 1);
    assert.ok(stderr.includes(`unexpectedly with "${named}"; the log has it as `), stderr);
  });
}

test.run();
