import type { Measure } from './measure.ts';
import { faultsOf, type Results, summarize } from './results.ts';
import { figure, table } from './table.ts';
import { verdict } from './verdict.ts';

/** One measure as a table, a row per server; what was answered wrongly stands below. */
export function measureReport(measure: Measure, results: Results): string {
  const faults: string[] = [];
  const rows = [...(results.get(measure.id) ?? [])].map(([name, samples]) => {
    const wrong = faultsOf(samples);
    if (wrong.length > 0) faults.push(`(!) ${name}: ${wrong.join('; ')}`);
    const figures = measure.columns.map((column) => figure(summarize(samples, column)));
    return [wrong.length > 0 ? `${name} (!)` : name, ...figures];
  });
  const header = ['server', ...measure.columns.map(({ label }) => label)];
  const body = rows.length > 0 ? table(header, rows) : 'None of the chosen servers can be asked for it.';
  return [`\n### ${measure.title}\n`, body, ...faults].join('\n');
}

/** Ours against every target whose measure was run. */
export function verdictReport(results: Results): string {
  const header = ['measure', 'ours', 'reference', 'ratio', 'target', 'verdict', 'remark'];
  return ['\n### ours against the targets\n', table(header, verdict(results), [0, 5, 6])].join('\n');
}
