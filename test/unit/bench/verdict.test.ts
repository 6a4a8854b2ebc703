import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Sample } from '../../bench/measure.ts';
import { measures } from '../../bench/measures/all.ts';
import { servers } from '../../bench/servers.ts';
import { targets } from '../../bench/targets.ts';
import { verdict } from '../../bench/verdict.ts';

const test = suite('bench verdict');

const right = (...times: number[]): Sample[] =>
  times.map((ms) => ({ figures: { ms, cpuMs: 2 * ms }, wrong: [] }));
const wrong = (ms: number): Sample[] => [{ figures: { ms }, wrong: ['9 of 10 entries missing'] }];

function listVerdict(samples: Record<string, Sample[]>): string[] {
  const rows = verdict(new Map([['list', new Map(Object.entries(samples))]]));
  return rows.map((row) => row.slice(2).join(' | '));
}

test('the verdict compares the medians with the floor and with the best peer that was right', () => {
  const samples = {
    ours: right(11, 12, 30),
    'floor-node': right(10),
    filesystem: right(20),
    'desktop-commander': right(16),
    'sdk-v1': wrong(1),
  };
  assert.equal(listVerdict(samples), [
    'floor-node 10 ms | 1.20 x | <= 1.30 x | met | CPU 24 ms, 1.20 x',
    'desktop-commander 16 ms | 0.75 x | <= 1.00 x | met | CPU 24 ms, 0.75 x',
  ]);
});

test('the verdict misses what is not reached, and calls a wrong answer wrong however fast it was', () => {
  const others = { 'floor-node': right(10), filesystem: right(20) };
  const verdicts = (samples: Sample[]) =>
    listVerdict({ ours: samples, ...others }).map((row) => row.split(' | ')[3]);
  assert.equal(verdicts(right(25)), ['MISSED', 'MISSED']);
  assert.equal(verdicts(wrong(1)), ['WRONG', 'WRONG']);
});

test('the verdict compares with nothing that was wrong or not there', () => {
  assert.equal(listVerdict({ ours: right(10), 'floor-node': wrong(1) }), [
    'floor-node - ms | - | <= 1.30 x | not measured | ',
    'best peer - ms | - | <= 1.00 x | not measured | ',
  ]);
});

test('the verdict says beside a longest wait how long it is when nothing else is asked', () => {
  const longest = (ms: number) => new Map([['ours', [{ figures: { longest: ms }, wrong: [] }]]]);
  const rows = verdict(
    new Map([
      ['wait-idle', longest(3)],
      ['wait-search', longest(8)],
    ]),
  );
  assert.equal(
    rows.map((row) => row.slice(1).join(' | ')),
    ['8 ms | fixed |  | <= 10 ms | met | 3 ms with nothing else asked'],
  );
});

test('the verdict has targets only for figures and servers that there are', () => {
  for (const { what, measure, figure, against } of targets) {
    const found = measures.find(({ id }) => id === measure);
    assert.ok(
      found?.columns.some(({ key }) => key === figure),
      what,
    );
    if (against !== undefined && against !== 'best peer')
      assert.ok(
        servers.some(({ name, tools }) => name === against && (!found?.needs || tools[found.needs])),
        what,
      );
  }
});

test.run();
