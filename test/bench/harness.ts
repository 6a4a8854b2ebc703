import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { canMeasure, type Measure, type Sample } from './measure.ts';
import { measures } from './measures/all.ts';
import { measureReport, verdictReport } from './report.ts';
import { faultsOf, type Results } from './results.ts';
import type { BenchServer } from './server-entry.ts';
import { servers } from './servers.ts';

/** The input of this process from `run.ts`, as JSON in its first argument. */
export interface Plan {
  readonly rounds: number;
  readonly measures: readonly string[];
  readonly servers: readonly string[];
  /** The path for the raw samples. */
  readonly out: string;
}

const plan: Plan = JSON.parse(process.argv[2] ?? '');
const chosen = servers.filter(({ name }) => plan.servers.includes(name));
const results: Results = new Map();
for (const measure of measures.filter(({ id }) => plan.measures.includes(id))) {
  results.set(measure.id, await samplesOf(measure));
  console.log(measureReport(measure, results));
}
writeFileSync(plan.out, serialize(results));
if (plan.servers.includes('ours')) console.log(verdictReport(results));
if (oursWasWrong()) {
  console.error('\nOurs failed or answered wrongly: see (!) above');
  process.exitCode = 1;
}

/**
 * Servers alternate within a round, and each round starts with another, so that drift of the machine meets all alike. A
 * server that fails (it ended, or did not answer) is not asked again in this measure: each failure may cost a timeout.
 */
async function samplesOf(measure: Measure): Promise<Map<string, Sample[]>> {
  let able: readonly BenchServer[] = chosen.filter((server) => canMeasure(measure, server));
  const samples = new Map<string, Sample[]>(able.map(({ name }) => [name, []]));
  const add = (server: BenchServer, sample: Sample) => samples.get(server.name)?.push(sample);
  const rounds = measure.samples(plan.rounds);
  for (let round = 0; round < rounds; round++) {
    const first = round % Math.max(1, able.length);
    for (const server of [...able.slice(first), ...able.slice(0, first)]) {
      try {
        add(server, await measure.sample(server));
      } catch (error) {
        add(server, { figures: {}, wrong: [error instanceof Error ? error.message : String(error)] });
        able = able.filter((other) => other !== server);
      }
    }
    progress(`${measure.id}: round ${round + 1} of ${rounds}`, round + 1 === rounds);
  }
  return samples;
}

function progress(text: string, last: boolean): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${text}   ${last ? '\n' : ''}`);
}

function serialize(all: Results): string {
  const samples = Object.fromEntries([...all].map(([id, byServer]) => [id, Object.fromEntries(byServer)]));
  const machine = { node: process.version, processors: cpus().map(({ model }) => model) };
  return `${JSON.stringify({ date: new Date().toISOString(), machine, rounds: plan.rounds, samples }, null, 1)}\n`;
}

function oursWasWrong(): boolean {
  const ours = [...results.values()].flatMap((byServer) =>
    [...byServer].filter(([name]) => name.startsWith('ours')).flatMap(([, samples]) => samples),
  );
  return faultsOf(ours).length > 0;
}
