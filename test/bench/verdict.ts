import { measures } from './measures/all.ts';
import { faultsOf, type Results, summarize } from './results.ts';
import { figure } from './table.ts';
import { type Target, targets } from './targets.ts';

const HARNESS_LIMIT = 0.9;

/** The rows of the last table: measure, ours, reference, ratio, target, verdict, remark. */
export function verdict(results: Results): string[][] {
  const measured = targets.filter(({ measure }) => results.get(measure)?.has('ours'));
  return measured.map((target) => [target.what, ...compare(target, results), harnessRemark(target, results)]);
}

function figureOf(results: Results, server: string, measureId: string, key: string): number | undefined {
  const column = measures
    .find(({ id }) => id === measureId)
    ?.columns.find((candidate) => candidate.key === key);
  return column && summarize(results.get(measureId)?.get(server), column);
}

function compare(target: Target, results: Results): string[] {
  const { measure, figure: key, unit, against, bound, limit } = target;
  const shown = (value: number | undefined) => `${figure(value)} ${unit}`.trim();
  const sign = bound === 'at most' ? '<=' : '>=';
  const samples = results.get(measure)?.get('ours') ?? [];
  const judge = (value: number | undefined) => {
    if (faultsOf(samples).length > 0) return 'WRONG';
    if (value === undefined) return 'not measured';
    return (bound === 'at most' ? value <= limit : value >= limit) ? 'met' : 'MISSED';
  };
  const ours = figureOf(results, 'ours', measure, key);
  if (against === undefined) return [shown(ours), 'fixed', '', `${sign} ${shown(limit)}`, judge(ours)];
  const reference = figureOf(results, against, measure, key);
  const ratio = ours !== undefined && reference !== undefined ? ours / reference : undefined;
  const times = (value: number | undefined) => (value === undefined ? '-' : `${value.toFixed(2)} x`);
  return [
    shown(ours),
    `${against} ${shown(reference)}`,
    times(ratio),
    `${sign} ${times(limit)}`,
    judge(ratio),
  ];
}

/** Where the harness was the limit, calls per second hide a difference that the server's own processor time shows. */
function harnessRemark({ measure, figure: key, against }: Target, results: Results): string {
  if (against === undefined || key !== 'perSecond') return '';
  const of = (server: string, wanted: string) => figureOf(results, server, measure, wanted);
  const busiest = Math.max(of('ours', 'harnessCore') ?? 0, of(against, 'harnessCore') ?? 0);
  const [ours, reference] = [of('ours', 'cpuUs'), of(against, 'cpuUs')];
  if (busiest < HARNESS_LIMIT || ours === undefined || reference === undefined) return '';
  const ratio = (ours / reference).toFixed(2);
  return `harness was the limit (${figure(busiest)} of a core): CPU a call ${figure(ours)} us, ${ratio} x`;
}
