import type { Measure } from '../measure.ts';
import { cold } from './cold.ts';
import { command, commands, output } from './command.ts';
import { drain } from './drain.ts';
import { list } from './list.ts';
import { pipelines } from './pipelined.ts';
import { read } from './read.ts';
import { search, searchContent } from './search.ts';
import { echo, ping } from './sequential.ts';
import { soak } from './soak.ts';
import { stop } from './stop.ts';
import { waits } from './wait.ts';

const spine: readonly Measure[] = [cold, ping, echo, ...pipelines, soak, drain];
const tools: readonly Measure[] = [
  read,
  list,
  search,
  searchContent,
  command,
  commands,
  output,
  ...waits,
  stop,
];

export const measures: readonly Measure[] = [...spine, ...tools];
