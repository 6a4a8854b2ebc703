import { type Measure, onFreshTools, type Sample, toolOf, unless } from '../measure.ts';
import type { BenchServer } from '../server-entry.ts';
import { median, quantile } from '../statistics.ts';
import { callAtOnce, repeat, timedCall } from '../timed-call.ts';

const WARM_UP = 10;
const CALLS = 50;
const AT_ONCE = 64;
const OUTPUT_BYTES = 5_000_000;
const OUTPUT_CALLS = 5;

async function commandSample(server: BenchServer): Promise<Sample> {
  const run = toolOf(server, 'run');
  return onFreshTools(server, async (client) => {
    const { text } = await timedCall(client, run("printf 'ben%s-%d' ch 42"));
    const once = async () => (await timedCall(client, run('true'))).ms;
    await repeat(client, WARM_UP, once);
    const { times, cpuMs } = await repeat(client, CALLS, once);
    return {
      figures: { p50: median(times), p99: quantile(times, 0.99), cpuMs },
      wrong: unless(text.includes('bench-42'), 'printf wrote something else'),
    };
  });
}

async function commandsSample(server: BenchServer): Promise<Sample> {
  const run = toolOf(server, 'run');
  return onFreshTools(server, async (client) => {
    await timedCall(client, run('true'));
    let missing = 0;
    const { times, cpuMs } = await repeat(client, 1, async () => {
      const answers = await callAtOnce(client, AT_ONCE, (index) =>
        run(`sleep 0.05 && printf 'done-%d-ok' ${index}`),
      );
      missing = answers.filter(({ text }, index) => !text.includes(`done-${index}-ok`)).length;
      return Math.max(...answers.map(({ ms }) => ms));
    });
    return {
      figures: { ms: median(times), cpuMs },
      wrong: unless(missing === 0, `${missing} of ${AT_ONCE} outputs missing`),
    };
  });
}

async function outputSample(server: BenchServer): Promise<Sample> {
  const call = toolOf(server, 'run')(`head -c ${OUTPUT_BYTES} /dev/zero | tr '\\0' a`);
  return onFreshTools(server, async (client) => {
    let cut = 0;
    const { times, cpuMs } = await repeat(client, OUTPUT_CALLS, async () => {
      const { text, ms } = await timedCall(client, call);
      const lengths = text.match(/a{100,}/g)?.map((piece) => piece.length) ?? [];
      if (!lengths.includes(OUTPUT_BYTES)) cut++;
      return ms;
    });
    return {
      figures: { ms: median(times), cpuMs },
      wrong: unless(cut === 0, `output cut in ${cut} of ${OUTPUT_CALLS} answers`),
    };
  });
}

export const command: Measure = {
  id: 'command',
  title: 'running `true`, one after another',
  needs: 'run',
  samples: (rounds) => rounds,
  columns: [
    { key: 'p50', label: 'p50 ms' },
    { key: 'p99', label: 'p99 ms' },
    { key: 'cpuMs', label: 'CPU ms' },
  ],
  sample: commandSample,
};

export const commands: Measure = {
  id: 'commands',
  title: `running \`sleep 0.05\`, ${AT_ONCE} at once`,
  needs: 'run',
  samples: (rounds) => rounds * 2,
  columns: [
    { key: 'ms', label: 'ms' },
    { key: 'cpuMs', label: 'CPU ms' },
  ],
  sample: commandsSample,
};

export const output: Measure = {
  id: 'output',
  title: 'running a command that writes 5 MB',
  needs: 'run',
  samples: (rounds) => rounds,
  columns: [
    { key: 'ms', label: 'ms' },
    { key: 'cpuMs', label: 'CPU ms' },
  ],
  sample: outputSample,
};
