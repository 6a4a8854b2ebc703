// The attacks of `make bench`: unauthenticated requests must cost neither the server's memory nor others' time.
import { setTimeout as wait } from 'node:timers/promises';
import { figure, table } from '../table.ts';
import { type Attack, damageOf } from './attack.ts';
import { claudeAttacks } from './claude.ts';
import { messages } from './messages.ts';
import { networkAttacks } from './network.ts';
import { honestSearchMs, searchAttack } from './searches.ts';
import { stdioPeakMib } from './stdio.ts';

if (process.platform !== 'linux') throw new Error('The benchmark reads /proc: it runs on Linux only');

const MOST_MIB = 400;
const MOST_WAIT_MS = 150;
/** Bound where the machine needs longer merely to take such a message in; no two runs are nearer to each other. */
const MOST_OVER_FLOOR = 1.1;
const MOST_SEARCH_MS = 5000;

/** Runs those whose names have this text. */
const [only = ''] = process.argv.slice(2);
const rows: string[][] = [];

function add(what: string, peak: number | undefined, waited: number | undefined, verdict: string): void {
  const row = [what, figure(peak), figure(waited), verdict];
  rows.push(row);
  console.error(row.join('  '));
}

/** Waits of an honest client at a bare server, in ms, by the attack. */
const floors = new Map<Attack, number>();

async function waitAtFloor(attack: Attack): Promise<number> {
  const known = floors.get(attack);
  if (known !== undefined) return known;
  const { peakMib, longestWaitMs } = await damageOf(attack, true);
  floors.set(attack, longestWaitMs);
  add(`bare server: ${attack.what}`, peakMib, longestWaitMs, 'floor');
  return longestWaitMs;
}

async function measure(attack: Attack): Promise<void> {
  try {
    const floor = attack.floor ? await waitAtFloor(attack.floor) : 0;
    const { peakMib, longestWaitMs } = await damageOf(attack);
    const isMet = peakMib <= MOST_MIB && longestWaitMs <= Math.max(MOST_WAIT_MS, MOST_OVER_FLOOR * floor);
    add(attack.what, peakMib, longestWaitMs, isMet ? 'met' : 'MISSED');
  } catch (error) {
    add(attack.what, undefined, undefined, `WRONG: ${String(error).slice(0, 100)}`);
  }
}

/** An honest client's wait while nobody attacks: the machine's part of the others. */
const quiet: Attack = { what: 'nothing', run: () => wait(2000) };

for (const [what, , message] of messages.filter(([name]) => `${name}, over stdio`.includes(only))) {
  const peak = await stdioPeakMib(message()).catch(() => undefined);
  const verdict = peak !== undefined && peak <= MOST_MIB ? 'met' : 'MISSED';
  add(`${what}, over stdio`, peak, undefined, peak === undefined ? 'WRONG: it is gone' : verdict);
}
for (const attack of [quiet, ...networkAttacks, ...claudeAttacks, searchAttack].filter((one) =>
  one.what.includes(only),
))
  await measure(attack);
if (!Number.isNaN(honestSearchMs))
  add(
    'an honest search beside them',
    undefined,
    honestSearchMs,
    honestSearchMs <= MOST_SEARCH_MS ? 'met' : 'MISSED',
  );

const target = `at most ${MOST_MIB} MiB at the peak, and ${MOST_WAIT_MS} ms of an honest client's wait, or a bare server's (a search: ${MOST_SEARCH_MS})`;
const columns = ['attack', 'peak MiB', 'longest wait ms', 'verdict'];
console.log(`\n### ours under attack: ${target}\n\n${table(columns, rows, [0, 3])}`);
process.exit();
