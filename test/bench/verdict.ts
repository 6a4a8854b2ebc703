import { measures } from './measures/all.ts';
import { faultsOf, type Results, summarize } from './results.ts';
import { servers } from './servers.ts';
import { figure } from './table.ts';
import { type Target, targets } from './targets.ts';

const HARNESS_LIMIT = 0.9;

/** The rows of the last table: measure, ours, reference, ratio, target, verdict, remark. */
export function verdict(results: Results): string[][] {
  const measured = targets.filter(({ measure }) => results.get(measure)?.has('ours'));
  return measured.map((target) => [
    target.what,
    ...compare(target, results),
    target.figure === 'longest' ? idleRemark(results) : processorRemark(target, results),
  ]);
}

function figureOf(results: Results, server: string, measureId: string, key: string): number | undefined {
  const column = measures
    .find(({ id }) => id === measureId)
    ?.columns.find((candidate) => candidate.key === key);
  return column && summarize(results.get(measureId)?.get(server), column);
}

const peers = servers.filter(({ origin }) => origin.kind === 'npm').map(({ name }) => name);

interface Reference {
  readonly name: string;
  readonly value: number;
}

/** The result that a target compares with; undefined when no server of the run will do: one that answered wrongly never does. */
function referenceOf(
  { measure, figure: key, against, bound }: Target,
  results: Results,
): Reference | undefined {
  const names = against === 'best peer' ? peers : [against ?? ''];
  const right = names.filter((name) => faultsOf(results.get(measure)?.get(name) ?? []).length === 0);
  const references = right.flatMap((name) => {
    const value = figureOf(results, name, measure, key);
    return value === undefined ? [] : { name, value };
  });
  const sign = bound === 'at most' ? 1 : -1;
  return references.sort((one, other) => sign * (one.value - other.value))[0];
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
  const reference = referenceOf(target, results);
  const ratio = ours !== undefined && reference !== undefined ? ours / reference.value : undefined;
  const times = (value: number | undefined) => (value === undefined ? '-' : `${value.toFixed(2)} x`);
  return [
    shown(ours),
    `${reference?.name ?? against} ${shown(reference?.value)}`,
    times(ratio),
    `${sign} ${times(limit)}`,
    judge(ratio),
  ];
}

/**
 * The server's own processor time, beside times that hide a difference where the harness was the limit, or show one that
 * was only the machine's being busy with something else.
 */
function processorRemark(target: Target, results: Results): string {
  const { measure, figure: key } = target;
  const name = referenceOf(target, results)?.name;
  if (name === undefined) return '';
  const of = (server: string, wanted: string) => figureOf(results, server, measure, wanted);
  const perSecond = key === 'perSecond';
  const [column, unit] = perSecond ? ['cpuUs', 'us'] : ['cpuMs', 'ms'];
  const busiest = Math.max(of('ours', 'harnessCore') ?? 0, of(name, 'harnessCore') ?? 0);
  const [ours, reference] = [of('ours', column), of(name, column)];
  if (ours === undefined || reference === undefined || reference === 0) return '';
  if (perSecond && busiest < HARNESS_LIMIT) return '';
  const cpu = `CPU ${figure(ours)} ${unit}, ${(ours / reference).toFixed(2)} x`;
  return perSecond ? `harness was the limit (${figure(busiest)} of a core): ${cpu}` : cpu;
}

/** The wait of a server that has nothing else to do: the machine's part of the others. */
function idleRemark(results: Results): string {
  const idle = figureOf(results, 'ours', 'wait-idle', 'longest');
  return idle === undefined ? '' : `${figure(idle)} ms with nothing else asked`;
}
