import { echoExchange } from '../exchange.ts';
import { type Measure, onFreshServer, type Sample, toolOf, unless } from '../measure.ts';
import { parse } from '../message.ts';
import type { BenchServer } from '../server-entry.ts';

const CALLS = 100;
const ECHO_BYTES = 100;

async function sample(server: BenchServer): Promise<Sample> {
  return onFreshServer(server, async (client) => {
    const { request, accepts } = echoExchange(toolOf(server, 'echo').prefix, ECHO_BYTES);
    const open = new Set<number>();
    const bytes = Buffer.alloc(CALLS * request.length);
    for (let i = 0; i < CALLS; i++) {
      request.write(bytes, i * request.length, client.nextLoadId);
      open.add(client.nextLoadId++);
    }
    let wrong = 0;
    client.onLines = (lines) => {
      for (const message of lines.map(parse)) {
        if (message?.method !== undefined) continue; // a notification, logging perhaps
        const id = message?.id ?? Number.NaN;
        if (!open.delete(id) || !message || !accepts(message, id)) wrong++;
      }
    };
    client.write(bytes);
    const { ms: exitMs, code } = await client.close();
    const faults = [...unless(wrong === 0, `${wrong} wrong answers`), ...unless(code === 0, `exit ${code}`)];
    return { figures: { answered: CALLS - open.size, exitMs }, wrong: faults };
  });
}

export const drain: Measure = {
  id: 'drain',
  title: `end of stdin right behind ${CALLS} calls`,
  needs: 'echo',
  samples: (rounds) => rounds * 2,
  columns: [
    { key: 'answered', label: 'answered', pick: 'min' },
    { key: 'exitMs', label: 'exit ms' },
  ],
  sample,
};
