import { suite } from 'uvu';
import * as assert from 'uvu/assert';

const test = suite('stdout-guard');

/** Runs the work and returns what it wrote to stdout and stderr. */
async function written(work: () => unknown): Promise<{ stdout: string; stderr: string }> {
  const seen = { stdout: '', stderr: '' };
  const { stdout, stderr } = process;
  const real = { stdout: stdout.write, stderr: stderr.write };
  stdout.write = ((text: string | Uint8Array) => {
    seen.stdout += String(text);
    return true;
  }) as typeof stdout.write;
  stderr.write = ((text: string | Uint8Array) => {
    seen.stderr += String(text);
    return true;
  }) as typeof stderr.write;
  try {
    await work();
  } finally {
    stdout.write = real.stdout;
    stderr.write = real.stderr;
  }
  return seen;
}

const original = { ...console };
test.after(() => {
  Object.assign(console, original);
});

/** Everything that console can print with. */
const prints: Readonly<Record<string, () => void>> = {
  log: () => console.log('stray'),
  info: () => console.info('stray'),
  debug: () => console.debug('stray'),
  warn: () => console.warn('stray'),
  error: () => console.error('stray'),
  dir: () => console.dir('stray'),
  dirxml: () => console.dirxml('stray'),
  table: () => console.table(['stray']),
  trace: () => console.trace('stray'),
  assert: () => console.assert(false, 'stray'),
  count: () => console.count('stray'),
  group: () => {
    console.group('stray');
    console.groupEnd();
  },
  groupCollapsed: () => {
    console.groupCollapsed('stray');
    console.groupEnd();
  },
  timeLog: () => {
    console.time('stray');
    console.timeLog('stray');
    console.timeEnd('stray');
  },
};

for (const [name, print] of Object.entries(prints)) {
  test(`console.${name} goes to stderr`, async () => {
    await import('../../../../src/presentation/transport/stdout-guard.ts');
    const { stdout, stderr } = await written(print);
    assert.is(stdout, '');
    assert.match(stderr, 'stray');
  });
}

test('once stdout is claimed, only who claimed it writes to it', async () => {
  const { claimStdout } = await import('../../../../src/presentation/transport/stdout-guard.ts');
  const { stdout, stderr } = await written(() => {
    const write = claimStdout();
    process.stdout.write('stray\n');
    write('frame\n');
    process.stdout.write(Buffer.from('bytes\n'));
  });
  assert.is(stdout, 'frame\n');
  assert.is(stderr, 'stray\nbytes\n');
});

test('a stray write calls back like any other', async () => {
  const { claimStdout } = await import('../../../../src/presentation/transport/stdout-guard.ts');
  let wrote = false;
  await written(() => {
    const { stderr } = process;
    stderr.write = ((_text: string, done: () => void) => {
      done();
      return true;
    }) as typeof stderr.write;
    claimStdout();
    process.stdout.write('stray', () => {
      wrote = true;
    });
  });
  assert.ok(wrote);
});

test.run();
