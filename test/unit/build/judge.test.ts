import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { skip } from '../../support/skip.ts';
import { hasReported, judge, missedOn, type SuiteEnd, type Verdict } from '../../support/uvu-runner/judge.ts';

const test = suite('verdict on a uvu file');

const totals = (total: number, passed: number, skipped = 0) =>
  ` layers  • • •   (${passed} / ${total})\n\n  Total:     ${total}\n  Passed:    ${passed}\n  Skipped:   ${skipped}\n  Duration:  2.06ms\n\n`;

function verdict(stdout: string, ending: Partial<SuiteEnd> = {}): Verdict {
  return judge({ stdout, exitCode: 0, signal: null, deadline: null, ...ending });
}

test('the verdict counts from the totals', () => {
  assert.equal(verdict(totals(3, 3)), { passed: 3, failed: 0, skipped: 0, problem: null });
  assert.equal(verdict(totals(3, 1), { exitCode: 1 }), { passed: 1, failed: 2, skipped: 0, problem: null });
});

test('the verdict reads totals in colour', () => {
  const coloured = totals(3, 3).replace('  Passed:    3', '\u001b[32m  Passed:    3\u001b[39m');
  assert.is(verdict(coloured).passed, 3);
});

test('the verdict fails a file that ran no test', () => {
  assert.equal(verdict(''), { passed: 0, failed: 1, skipped: 0, problem: 'ran no test, exit code 0' });
  assert.is(verdict(totals(0, 0)).failed, 1);
});

test('the verdict fails a file whose exit code belies its totals', () => {
  const { passed, failed, problem } = verdict(totals(3, 3), { exitCode: 7 });
  assert.equal([passed, failed, problem], [3, 1, 'exit code 7 although its tests passed']);
});

test('the verdict fails a file that was ended, whatever its totals', () => {
  assert.is(verdict(totals(3, 3), { exitCode: null, signal: 'SIGSEGV' }).problem, 'was ended by SIGSEGV');
  const hung = verdict(totals(3, 3), { exitCode: null, signal: 'SIGKILL', deadline: 2 });
  assert.equal([hung.failed, hung.problem], [1, 'did not end within 2 s and was killed']);
});

test('the verdict fails a file that reported twice', () => {
  assert.match(verdict(totals(1, 1) + totals(2, 2)).problem ?? '', /^reported totals twice/);
});

test('the verdict accepts a skip for a reason on the list only', () => {
  const { log } = console;
  const printed: string[] = [];
  console.log = (line: string) => printed.push(line);
  skip(suite('not run'), 'wine', 'runs the exe');
  console.log = log;
  assert.equal(verdict(`${printed.join('\n')}\n${totals(1, 1, 1)}`), {
    passed: 1,
    failed: 0,
    skipped: 1,
    problem: null,
  });
  assert.match(verdict(totals(1, 1, 1)).problem ?? '', /^skipped 1, 0 of them for a reason/);
  assert.match(
    verdict(`# skip: slow: takes long\n${totals(1, 1, 1)}`).problem ?? '',
    /^skipped 1, 0 of them/,
  );
});

test('a file has reported once its totals are there', () => {
  assert.equal([hasReported(' suite  • •'), hasReported(` suite  • •\n${totals(2, 2)}`)], [false, true]);
});

test('a test that was skipped on the system that it needs is missed, others are not', () => {
  const output = '# skip: Windows: junctions: all\r\n# skip: macOS: places\n# skip: npm: Windows\n';
  for (const [target, missed] of [
    ['win-x64', ['junctions: all']],
    ['win-arm64', ['junctions: all']],
    ['macos-arm64', ['places']],
    ['linux-x64', []],
  ] as const)
    assert.equal(missedOn(target, output), missed, target);
});

test.run();
