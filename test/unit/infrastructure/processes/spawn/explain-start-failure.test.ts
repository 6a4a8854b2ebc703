import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { CommandRequest } from '../../../../../src/application/ports/processes.ts';
import { explainStartFailure } from '../../../../../src/infrastructure/processes/spawn/explain-start-failure.ts';

const test = suite('explain-start-failure');

const program: CommandRequest['line'] = { argv: ['mine', 'x'] };
const shell: CommandRequest['line'] = { command: 'mine x' };

async function explain(line: CommandRequest['line'], failed: object): Promise<string> {
  const request = { line, directory: '/', environment: {}, timeoutMs: 1000, maxOutputBytes: 1000 };
  const { code, kind, message } = await explainStartFailure(failed, request);
  return `${code} (${kind}): ${message}`;
}

// Failures that a test can't bring about on every system, or at all; the others are in the integration tests.
for (const [line, code, expected] of [
  [program, 'EPERM', /^command\.denied \(forbidden\): Expected "mine" to be executable/],
  [shell, 'EACCES', /^command\.denied \(forbidden\): Expected the shell to be executable/],
  [program, 'ENOEXEC', /^command\.denied \(invalid\): "mine" is no program: .*#!\/bin\/sh/],
  [
    program,
    'EFTYPE',
    /^command\.denied \(invalid\): "mine" is nothing that this machine starts: .* blocks it$/,
  ],
  [
    program,
    'UNKNOWN',
    /^command\.denied \(invalid\): "mine" .* for another system or processor, or a policy/,
  ],
  [shell, 'UNKNOWN', /^command\.denied \(invalid\): the shell is nothing that this machine starts/],
  ...([-85, -86, -88] as const).map(
    (errno) =>
      [program, `Unknown system error ${errno}`, /^command\.denied \(invalid\): .* another system/] as const,
  ),
  [program, 'Unknown system error -1', /^command\.not-started \(unavailable\): .* try again later/],
  [shell, 'ENOENT', /^command\.not-found \(not-found\): There is no shell on this system; use "argv"/],
  [program, 'EAGAIN', /^command\.not-started \(unavailable\): Starting "mine" failed with EAGAIN; try again/],
  [{ argv: [`x${'😀'.repeat(150)}`] }, 'EAGAIN', /^command\.not-started .*: Starting "x😀+…" failed with/u],
  [shell, 'EMFILE', /^command\.not-started \(unavailable\): Starting the shell failed with EMFILE/],
] as const) {
  test(`${code} of ${'argv' in line ? 'a program' : 'the shell'}`, async () => {
    assert.match(await explain(line, Object.assign(new Error('spawn'), { code })), expected);
  });
}

test('a failure that has no code', async () => {
  assert.match(await explain(program, new Error('spawn')), /^command\.not-started .* failed with unknown/);
});

test.run();
