import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { CommandRequest } from '../../../src/application/ports/processes.ts';
import { readState } from '../../../src/infrastructure/processes/terminate/proc-files.ts';
import { run } from './process-desk.ts';
import { sleeping, uniqueSeconds } from './sleepers.ts';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'commands-')));
const test = suite('What a command comes back with');
test.after(() => rmSync(folder, { recursive: true }));

test('exit code and both outputs, apart', async () => {
  const { exitCode, signal, stdout, stderr, timedOut, durationMs } = await run(
    'echo out; echo err >&2; exit 3',
  );
  assert.equal({ exitCode, signal, timedOut }, { exitCode: 3, signal: null, timedOut: false });
  assert.equal([stdout.head, stderr.head], ['out\n', 'err\n']);
  assert.ok(durationMs > 0);
});

for (const [what, command, names] of [
  ['nohup', 'nohup sleep SECONDS >/dev/null 2>&1 &', ['sleep']],
  ['nohup that keeps the pipes', 'nohup sleep SECONDS &', ['sleep']],
  ['setsid', 'setsid sleep SECONDS >/dev/null 2>&1 &', ['sleep']],
  ['a double fork', '(setsid sleep SECONDS >/dev/null 2>&1 &) &', ['sleep']],
  [
    'two, of which one has another session',
    'sleep SECONDS & setsid sleep SECONDS & sleep 0.1',
    ['sleep', 'sleep'],
  ],
  ['one without its environment', 'env -i sleep SECONDS >/dev/null 2>&1 &', ['sleep']],
  ['nothing', 'sleep 0.01; true | cat', []],
  ['nothing that has ended by itself', 'sleep 0.01 & wait', []],
] as const) {
  test(`what it left running is told and ended: ${what}`, async () => {
    const seconds = uniqueSeconds();
    const { exitCode, leftRunning } = await run(`${command.replaceAll('SECONDS', seconds)}\nsleep 0.1`);
    assert.is(exitCode, 0);
    assert.equal(
      leftRunning.map(({ name }) => name),
      [...names],
    );
    for (const { pid } of leftRunning) assert.ok(pid > 0);
    await sleeping(seconds, 0);
  });
}

test('output is read in the encoding of the locale where it is not UTF-8', async () => {
  const bytes = "printf 'caf\\351'; printf 'caf\\303\\251' >&2";
  const { stdout, stderr } = await run(bytes, { encoding: 'iso-8859-1' });
  assert.equal([stdout.head, stdout.encoding, stderr.head], ['café', 'windows-1252', 'café']);
  assert.equal((await run(bytes)).stdout, { head: 'caf\ufffd', tail: '', omittedBytes: 0, invalidBytes: 1 });
});

test('the signal that ended it', async () => {
  const { exitCode, signal } = await run('kill -SEGV $$');
  assert.equal({ exitCode, signal }, { exitCode: null, signal: 'SIGSEGV' });
});

test('argv goes to the program as it is, without a shell', async () => {
  const argv = ['printf', '%s|', '$HOME', '*', 'a b', '"', ';exit', ''];
  assert.is((await run('', { line: { argv } })).stdout.head, '$HOME|*|a b|"|;exit||');
});

test('a command runs in the directory', async () => {
  assert.is((await run('pwd -P', { directory: folder })).stdout.head, `${folder}\n`);
});

test('a command has the environment that it is given, and nothing else but the mark', async () => {
  const { stdout } = await run('', { line: { argv: ['/usr/bin/env'] }, environment: { A: '1' } });
  const lines = stdout.head.trim().split('\n');
  assert.is(lines.length, 2);
  assert.ok(lines.includes('A=1'));
  assert.ok(lines.some((line) => line.startsWith('TFO_MCP_COMMAND=')));
});

test('a command finds programs by the PATH that it is given', async () => {
  mkdirSync(join(folder, 'bin'));
  writeFileSync(join(folder, 'bin/mine'), '#!/bin/sh\necho mine\n', { mode: 0o755 });
  const environment = { PATH: join(folder, 'bin') };
  assert.is((await run('', { line: { argv: ['mine'] }, environment })).stdout.head, 'mine\n');
});

test('its input is empty, not ours', async () => {
  assert.is((await run('cat; echo end')).stdout.head, 'end\n');
});

test('its input is what is given, however long', async () => {
  assert.is((await run('wc -c', { stdin: 'é'.repeat(500_000) })).stdout.head.trim(), '1000000');
});

test('input that is not read is no failure', async () => {
  assert.is((await run('exec <&-; echo done', { stdin: 'x'.repeat(1_000_000) })).stdout.head, 'done\n');
});

test('bytes that are no UTF-8 become U+FFFD', async () => {
  assert.is((await run("printf '\\377a\\303'")).stdout.head, '\ufffda\ufffd');
});

test('beginning and end of a long output, and how much is missing', async () => {
  const { stdout } = await run("printf begin; head -c 5000000 /dev/zero | tr '\\0' a; printf end");
  assert.is(stdout.head.length, 32_768);
  assert.ok(stdout.head.startsWith('begina'));
  assert.is(stdout.tail.length, 32_768);
  assert.ok(stdout.tail.endsWith('aend'));
  assert.is(stdout.omittedBytes, 5_000_008 - 65_536);
});

test('5 MB whole, where so much is wanted', async () => {
  const { stdout } = await run("head -c 5000000 /dev/zero | tr '\\0' a", { maxOutputBytes: 8_388_608 });
  assert.equal([stdout.head.length, stdout.omittedBytes], [5_000_000, 0]);
});

test('all that was written right before the end', async () => {
  for (let round = 0; round < 20; round++)
    assert.is(
      (await run("head -c 100000 /dev/zero | tr '\\0' a", { maxOutputBytes: 200_000 })).stdout.head.length,
      100_000,
    );
});

/** Holds up everything else that this process does until it is so. */
function blockUntil(holds: () => boolean): void {
  const deadline = performance.now() + 15_000;
  while (!holds()) if (performance.now() > deadline) throw new Error('Expected it to come about');
}

test('all that was written right before the end, however busy this process is when that comes', async () => {
  const [pids, go] = [join(folder, 'pids'), join(folder, 'go')];
  const hasEnded = (line: number) => {
    const pid = existsSync(pids) && readFileSync(pids, 'latin1').split('\n')[line];
    return pid ? readState(Number(pid))?.isRunning === false : false;
  };
  const late = run(`echo $$ >${pids}; until [ -e ${go} ]; do sleep 0.01; done; echo answer`);
  blockUntil(() => existsSync(pids) && readFileSync(pids, 'latin1').endsWith('\n'));
  const early = run(`echo $$ >>${pids}; echo first`, {
    // The late one writes and ends while this one's output is taken: then the news of both ends come before that output.
    onOutput: () => {
      writeFileSync(go, '');
      blockUntil(() => hasEnded(0));
      const stillBusy = performance.now() + 100;
      setImmediate(() => blockUntil(() => performance.now() > stillBusy));
    },
  });
  blockUntil(() => hasEnded(1));
  assert.is((await early).stdout.head, 'first\n');
  assert.is((await late).stdout.head, 'answer\n');
});

test('a command tells of output as it comes', async () => {
  let received = 0;
  await run('printf 12345; printf 678 >&2', {
    onOutput: (bytes) => {
      received += bytes;
    },
  });
  assert.is(received, 8);
});

const failure = (given: Partial<CommandRequest>, command = ''): Promise<string> =>
  run(command, given).then(
    () => 'ran',
    (error) => `${error.code}: ${error.message}`,
  );

test('a program that isn’t there', async () => {
  assert.match(
    await failure({ line: { argv: ['no-such-program'] } }),
    /^command\.not-found: .*"no-such-program"/,
  );
  assert.match(await failure({ line: { argv: ['/bin/ls/x'] } }), /^command\.not-found/);
});

test('a program with a long name is named by its beginning only', async () => {
  const said = await failure({ line: { argv: ['/no'.repeat(1000)] } });
  assert.match(said, /^command\.not-found: There is no program "\/no\/no/);
  assert.ok(said.length < 400, `${said.length} characters`);
});

test('a program that may not be run', async () => {
  const path = join(folder, 'plain');
  writeFileSync(path, 'text');
  assert.match(await failure({ line: { argv: [path] } }), /^command\.denied: .*executable/);
  chmodSync(path, 0o755);
  assert.match(await failure({ line: { argv: [path] } }), /^command\.denied: .*#!\/bin\/sh|^ran$/);
});

/** [program, what is in it, whether it may be run, what is said] */
const scripts: readonly (readonly [string, string, number, RegExp])[] = [
  [
    'crlf.sh',
    '#!/bin/sh\r\necho hi\r\n',
    0o755,
    /is there, but its lines end as on Windows.*"\/bin\/sh\\r".*LF/,
  ],
  [
    'crlf-args',
    '#!/no/such -x\r\n',
    0o755,
    /its first line names "\/no\/such" to run it, which is not there/,
  ],
  ['missing', '#!/no/such/python\n', 0o755, /its first line names "\/no\/such\/python"/],
  ['folder-runs-it', '#!/etc\n', 0o755, /executable.*or what its first line names is not/],
  ['plain.sh', '#!/bin/sh\necho hi\n', 0o644, /executable.*"chmod \+x" makes it so.*\["sh", "script\.sh"\]/],
];

for (const [name, content, mode, expected] of scripts) {
  for (const byPath of [false, true]) {
    test(`${name}, named ${byPath ? 'as PATH finds it' : 'by its path'}, is there and can’t be run`, async () => {
      const path = join(folder, name);
      writeFileSync(path, content);
      chmodSync(path, mode);
      const given = byPath
        ? { line: { argv: [name] }, environment: { PATH: `/no/where:${folder}` } }
        : { line: { argv: [`./${name}`] }, directory: folder };
      assert.match(await failure(given), expected);
    });
  }
}

test('a program of another system is there, but not what runs it', async () => {
  const path = join(folder, 'foreign');
  const program = readFileSync(process.execPath);
  const loader = program.indexOf('/lib64/ld-');
  if (loader < 0) return;
  writeFileSync(
    path,
    Buffer.concat([program.subarray(0, loader), Buffer.from('/nonono'), program.subarray(loader + 7)]),
    { mode: 0o755 },
  );
  assert.match(await failure({ line: { argv: [path] } }), /is there, but what it needs to be run is not/);
});

test('a directory is no program', async () => {
  assert.match(await failure({ line: { argv: [folder] } }), /Expected a program, got the directory/);
});

test('a program with a separator at its end is a directory that isn’t there', async () => {
  writeFileSync(join(folder, 'ended.sh'), '#!/bin/sh\n', { mode: 0o755 });
  for (const name of ['./ended.sh/', './ended.sh/.'])
    assert.is(
      await failure({ line: { argv: [name] }, directory: folder }),
      `command.not-found: There is no program "${name}"; the separator at its end means a directory: leave it out`,
    );
});

test('a whole line as the one element of argv', async () => {
  assert.match(
    await failure({ line: { argv: ['echo hi'] } }),
    /There is no program "echo hi"; give each argument as an element/,
  );
});

test('a directory that isn’t there, or is none', async () => {
  for (const directory of ['/no/such/directory', '/etc/passwd'])
    assert.match(
      await failure({ directory, line: { argv: ['true'] } }),
      /^command\.not-found: The working directory/,
    );
});

test('arguments longer than the system takes', async () => {
  const long = 'x'.repeat(4_000_000);
  assert.match(await failure({ line: { argv: ['echo', long] } }), /^command\.too-long: .*stdin/);
  assert.match(await failure({}, `: ${long}`), /^command\.too-long/);
  assert.match(await failure({ line: { argv: [`/${'x'.repeat(5000)}`] } }), /^command\.too-long/);
});

test('what could not be started leaves nothing behind', async () => {
  const { readdirSync } = await import('node:fs');
  const before = readdirSync('/proc/self/fd').length;
  for (let count = 0; count < 50; count++) {
    await failure({ line: { argv: ['no-such-program'] }, stdin: 'x' });
    await failure({ line: { argv: ['echo', 'x'.repeat(4_000_000)] } });
  }
  await new Promise(setImmediate);
  assert.ok(readdirSync('/proc/self/fd').length <= before);
});

test.run();
