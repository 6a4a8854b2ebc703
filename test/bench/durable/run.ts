// The database's part of `make bench`: what keeping things costs, against memory in the same run.
import { median } from '../statistics.ts';
import { figure, table } from '../table.ts';
import {
  afterOneCall,
  existingFile,
  inFile,
  inMemory,
  newPath,
  paced,
  pipelined,
  start,
  storeFigures,
  turnsOfMany,
} from './figures.ts';

if (process.platform !== 'linux') throw new Error('The benchmark reads /proc: it runs on Linux only');

const verdicts: string[][] = [];

function judge(
  what: string,
  value: number,
  bound: 'at least' | 'at most',
  limit: number,
  unit: string,
): void {
  const isMet = bound === 'at least' ? value >= limit : value <= limit;
  const sign = bound === 'at least' ? '>=' : '<=';
  const row = [
    what,
    `${figure(value)} ${unit}`,
    `${sign} ${figure(limit)} ${unit}`,
    isMet ? 'met' : 'MISSED',
  ];
  verdicts.push(row);
  console.error(row.join('  '));
}

/** Runs both alternately, so that drift of the machine meets both alike; medians of what `of` reads. */
async function both<T>(
  rounds: number,
  [memory, file]: readonly [() => Promise<T>, () => Promise<T>],
  ...of: readonly ((sample: T) => number)[]
): Promise<readonly (readonly [memory: number, file: number])[]> {
  const samples: [T[], T[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    samples[0].push(await memory());
    samples[1].push(await file());
  }
  return of.map((read) => [median(samples[0].map(read)), median(samples[1].map(read))] as const);
}

async function times(rounds: number, once: () => Promise<number>): Promise<number> {
  const all: number[] = [];
  for (let round = 0; round < rounds; round++) all.push(await once());
  return median(all);
}

const kept = await existingFile();
const [[startMemory, startFile], [idleMemory, idleFile]] = (await both(
  25,
  [() => start(inMemory), () => start(kept)],
  ({ ms }) => ms,
  ({ anonymous }) => anonymous,
)) as [[number, number], [number, number]];
judge('start-up, the file untouched', startFile - startMemory, 'at most', 0.5, 'ms more');
judge('memory, the file untouched', idleFile - idleMemory, 'at most', 0.5, 'MiB more');

const [[closed, opened]] = (await both(
  5,
  [() => afterOneCall(inMemory), () => afterOneCall(kept)],
  ({ anonymous }) => anonymous,
)) as [[number, number]];
judge('memory with the database open', opened - closed, 'at most', 4, 'MiB more');

const opening = async (path: string) => (await storeFigures('opening', path))['ms'] ?? Number.NaN;
const existing = newPath();
await opening(existing);
judge('first open of a new file', await times(9, () => opening(newPath())), 'at most', 60, 'ms');
judge('open of an existing file', await times(9, () => opening(existing)), 'at most', 5, 'ms');

const [again] = await both(5, [() => paced(inMemory, 1000), () => paced(inMemory, 1000)], ({ p99 }) => p99);
const [p50, p99] = (await both(
  5,
  [() => paced(inMemory, 1000), () => paced(inFile(), 1000)],
  ({ p50 }) => p50,
  ({ p99 }) => p99,
)) as [[number, number], [number, number]];
const [one = 0, other = 0] = again ?? [];
console.error(`p99 of two runs with memory: ${figure(one)} and ${figure(other)} ms`);
judge('1,000 echo calls a second, p50', p50[1] / p50[0], 'at most', 1.1, 'x memory');
judge(
  '1,000 echo calls a second, p99',
  p99[1] / p99[0],
  'at most',
  Math.max(1.1, one / other, other / one),
  'x memory',
);

const [[flood, floodKept]] = (await both(
  5,
  [() => pipelined(inMemory), () => pipelined(inFile())],
  (perSecond) => perSecond,
)) as [[number, number]];
judge('pipelined echo', floodKept / flood, 'at least', 0.9, 'x memory');

const [[cpu, cpuKept]] = (await both(
  5,
  [() => paced(inMemory, 4000), () => paced(inFile(), 4000)],
  ({ cpuUs }) => cpuUs,
)) as [[number, number]];
judge('an audited call at 4,000 a second, CPU', cpuKept - cpu, 'at most', 8, 'us more');

const longestAt = (perSecond: number) => async () =>
  (await storeFigures('loop', newPath(), `${perSecond}`))['longest'] ?? Number.NaN;
const [[idleTurn, busyTurn]] = (await both(3, [longestAt(0), longestAt(5000)], (ms) => ms)) as [
  [number, number],
];
judge(
  `longest turn of the loop, 5,000 events a second (idle: ${figure(idleTurn)} ms)`,
  busyTurn - idleTurn,
  'at most',
  2,
  'ms more',
);

const { turn = Number.NaN, store = Number.NaN } = await storeFigures('long', newPath());
judge('our part of a turn of 1,000 messages, 2.8 MB', turn, 'at most', 10, 'ms');
judge('storing it, p50', store, 'at most', 0.5, 'ms');
const perSecond = async () =>
  (await storeFigures('turns', newPath(), 'one', '3000'))['perSecond'] ?? Number.NaN;
judge('turns one after the other', await times(3, perSecond), 'at least', 5000, '/s');

const { ms, longest } = await turnsOfMany(10, 1000);
judge('10 processes x 1,000 turns', ms / 1000, 'at most', 5, 's');
judge('longest wait of these', longest / 1000, 'at most', 2, 's');

console.log(
  `\n### ours against the targets, what is kept\n\n${table(['measure', 'ours', 'target', 'verdict'], verdicts, [0, 3])}`,
);
process.exit();
