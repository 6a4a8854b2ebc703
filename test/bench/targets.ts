/** A server by name, or of the peers that answered rightly the one with the best figure. */
type Reference = 'floor-node' | 'sdk-v1' | 'ripgrep' | 'best peer';

/** A figure that ours has to reach, always against a figure of the same run or a fixed bound. */
export interface Target {
  readonly what: string;
  readonly measure: string;
  /** The key of the measure's column; with several columns of one key, the first. */
  readonly figure: string;
  readonly unit: string;
  /** The server that ours is divided by; without one `limit` is a bound in `unit`. */
  readonly against?: Reference;
  readonly bound: 'at most' | 'at least';
  readonly limit: number;
}

type Row = readonly [measure: string, figure: string, unit: string];

function ratio(what: string, row: Row, against: Reference, bound: Target['bound'], limit: number): Target {
  const [measure, figure, unit] = row;
  return { what, measure, figure, unit, against, bound, limit };
}

function fixed(what: string, row: Row, bound: Target['bound'], limit: number): Target {
  const [measure, figure, unit] = row;
  return { what, measure, figure, unit, bound, limit };
}

const initialize: Row = ['cold', 'initializeMs', 'ms'];
const list: Row = ['cold', 'listMs', 'ms'];
const read: Row = ['read-1mb', 'ms', 'ms'];
const listing: Row = ['list', 'ms', 'ms'];
const search: Row = ['search', 'ms', 'ms'];

const spineTargets: readonly Target[] = [
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

const toolTargets: readonly Target[] = [
  ratio('read 1 MB, 8 at once', read, 'floor-node', 'at most', 1.0),
  ratio('read 1 MB, 8 at once', read, 'best peer', 'at most', 1.0),
  fixed('peak memory of that', ['read-1mb', 'peak', 'MiB'], 'at most', 110),
  ratio('list 10,000 entries', listing, 'floor-node', 'at most', 1.3),
  ratio('list 10,000 entries', listing, 'best peer', 'at most', 1.0),
  ratio('search names, 1,000 of 20,000', search, 'floor-node', 'at most', 1.1),
  ratio('search names, 1,000 of 20,000', search, 'best peer', 'at most', 0.7),
  ratio('search contents', ['search-content', 'ms', 'ms'], 'ripgrep', 'at most', 1.5),
  ratio('command `true`', ['command', 'p50', 'ms'], 'floor-node', 'at most', 1.1),
  ratio('64 commands at once', ['commands', 'ms', 'ms'], 'floor-node', 'at most', 1.1),
  ratio('5 MB of output', ['output', 'ms', 'ms'], 'floor-node', 'at most', 1.1),
  fixed('longest wait for echo, commands', ['wait-command', 'longest', 'ms'], 'at most', 5),
  fixed('longest wait for echo, search', ['wait-search', 'longest', 'ms'], 'at most', 10),
  fixed('longest wait for echo, content', ['wait-content', 'longest', 'ms'], 'at most', 10),
  // Memory for large answers takes its time, by the machine's pages.
  ratio('longest wait for echo, large reads', ['wait-read', 'longest', 'ms'], 'floor-node', 'at most', 1.0),
  fixed('end of stdin during a command', ['stop', 'exitMs', 'ms'], 'at most', 2000),
  fixed('processes left by that', ['stop', 'left', ''], 'at most', 0),
];

export const targets: readonly Target[] = [...spineTargets, ...toolTargets];
