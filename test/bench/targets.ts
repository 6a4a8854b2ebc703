/** A figure that ours has to reach, always against a figure of the same run or a fixed bound. */
export interface Target {
  readonly what: string;
  readonly measure: string;
  /** The key of the measure's column; with several columns of one key, the first. */
  readonly figure: string;
  readonly unit: string;
  /** The server that ours is divided by; without one `limit` is a bound in `unit`. */
  readonly against?: 'floor-node' | 'sdk-v1';
  readonly bound: 'at most' | 'at least';
  readonly limit: number;
}

type Row = readonly [measure: string, figure: string, unit: string];

function ratio(
  what: string,
  row: Row,
  against: 'floor-node' | 'sdk-v1',
  bound: Target['bound'],
  limit: number,
): Target {
  const [measure, figure, unit] = row;
  return { what, measure, figure, unit, against, bound, limit };
}

function fixed(what: string, row: Row, bound: Target['bound'], limit: number): Target {
  const [measure, figure, unit] = row;
  return { what, measure, figure, unit, bound, limit };
}

const initialize: Row = ['cold', 'initializeMs', 'ms'];
const list: Row = ['cold', 'listMs', 'ms'];

export const targets: readonly Target[] = [
  ratio('spawn to initialize', initialize, 'floor-node', 'at most', 1.15),
  ratio('spawn to initialize', initialize, 'sdk-v1', 'at most', 0.35),
  ratio('spawn to tools/list', list, 'floor-node', 'at most', 1.15),
  ratio('spawn to tools/list', list, 'sdk-v1', 'at most', 0.35),
  fixed('idle anonymous memory', ['cold', 'anonymous', 'MiB'], 'at most', 10),
  ratio('echo 1 KB, 64 in flight', ['pipe-64-1KB', 'perSecond', '/s'], 'floor-node', 'at least', 1.0),
  ratio('echo 1 KB, 1,000 in flight', ['pipe-1000-1KB', 'perSecond', '/s'], 'floor-node', 'at least', 1.0),
  ratio('echo 100 KB, 64 in flight', ['pipe-64-100KB', 'perSecond', '/s'], 'floor-node', 'at least', 1.1),
  fixed('peak memory of that', ['pipe-64-100KB', 'peak', 'MiB'], 'at most', 130),
  ratio(
    'echo 100 KB, 1,000 in flight',
    ['pipe-1000-100KB', 'perSecond', '/s'],
    'floor-node',
    'at least',
    1.1,
  ),
  fixed('peak memory of that', ['pipe-1000-100KB', 'peak', 'MiB'], 'at most', 130),
  ratio('sequential echo, CPU a call', ['echo', 'cpuUs', 'us'], 'floor-node', 'at most', 1.3),
  ratio('100,000 echo calls', ['soak', 'perSecond', '/s'], 'floor-node', 'at least', 0.9),
  fixed('growth in their second half', ['soak', 'secondHalf', 'MiB'], 'at most', 1),
  fixed('end of stdin, idle', ['cold', 'exitMs', 'ms'], 'at most', 15),
  fixed('100 calls before end of stdin, answered', ['drain', 'answered', ''], 'at least', 100),
  fixed('end of stdin behind 100 calls', ['drain', 'exitMs', 'ms'], 'at most', 20),
];
