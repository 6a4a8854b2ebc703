import {
  EXPRESSION,
  EXTENSION,
  FOUND_NAME,
  FOUND_TEXT,
  MATCHES,
  TREE_FILES,
  treeFolder,
} from '../fixtures.ts';
import { type Measure, onFreshTools, type Sample, toolOf } from '../measure.ts';
import type { BenchServer } from '../server-entry.ts';
import { median } from '../statistics.ts';
import { repeat, timedCall } from '../timed-call.ts';
import type { ToolCall } from '../tools.ts';

const CALLS = 4;

async function sample(server: BenchServer, call: ToolCall, pattern: RegExp): Promise<Sample> {
  return onFreshTools(server, async (client) => {
    const faults = new Set<string>();
    const once = async () => {
      const { text, ms } = await timedCall(client, call);
      const found = new Set(text.match(pattern)).size;
      if (found !== MATCHES) faults.add(`${found} of ${MATCHES} matches`);
      if (/other_\d/.test(text)) faults.add('files that do not match');
      return ms;
    };
    const firstMs = await once();
    const { times, cpuMs } = await repeat(client, CALLS, once);
    return { figures: { ms: median(times), firstMs, cpuMs }, wrong: [...faults] };
  });
}

const shape = {
  samples: (rounds: number) => rounds,
  columns: [
    { key: 'ms', label: 'ms' },
    { key: 'cpuMs', label: 'CPU ms' },
    { key: 'firstMs', label: 'first ms' },
  ],
};

const [matches, files] = [MATCHES, TREE_FILES].map((count) => count.toLocaleString('en-US'));

export const search: Measure = {
  ...shape,
  id: 'search',
  title: `searching names: ${matches} of ${files} files`,
  needs: 'search',
  sample: (server) => sample(server, toolOf(server, 'search')(treeFolder, EXTENSION), FOUND_NAME),
};

export const searchContent: Measure = {
  ...shape,
  id: 'search-content',
  title: `searching contents: ${matches} of ${files} files`,
  needs: 'searchContent',
  sample: (server) => sample(server, toolOf(server, 'searchContent')(treeFolder, EXPRESSION), FOUND_TEXT),
};
