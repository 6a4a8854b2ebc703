import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { skip } from '../../support/skip.ts';

const adapter = new URL('../../../src/infrastructure/processes/node-processes.ts', import.meta.url);

/** Runs a program as on a system where procfs isn't mounted. */
const hidden = [
  '--user',
  '--map-root-user',
  '--mount',
  'sh',
  '-c',
  'mount -t tmpfs none /proc && exec "$@"',
  'sh',
];

const test = suite('Commands where procfs isn’t mounted');

const title = 'a command is ended with its group, by SIGKILL in the end';

// A container may not be allowed to hide it.
if (spawnSync('unshare', [...hidden, 'true']).status !== 0) skip(test, 'user namespaces', title);
else
  test(title, async () => {
    const source = `
      import { NodeProcesses } from ${JSON.stringify(adapter.href)};
      const processes = new NodeProcesses();
      const run = (command, timeoutMs) => processes.run(
        { line: { command }, directory: '/', environment: process.env, timeoutMs, maxOutputBytes: 1000 },
        new AbortController().signal,
      );
      const answered = await run('echo /proc/*; sleep 1000 &', 60_000);
      const ended = await run("trap '' TERM; sleep 1000; sleep 1000", 200);
      console.log(JSON.stringify([answered.stdout.head, ended.timedOut, ended.signal]));
    `;
    const host = [process.execPath, '--input-type=module-typescript', '-e', source];
    const { stdout } = await promisify(execFile)('unshare', [...hidden, ...host], { timeout: 20_000 });
    assert.equal(JSON.parse(stdout), ['/proc/*\n', true, 'SIGKILL']);
  });

test.run();
