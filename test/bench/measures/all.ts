import type { Measure } from '../measure.ts';
import { cold } from './cold.ts';
import { drain } from './drain.ts';
import { pipelines } from './pipelined.ts';
import { echo, ping } from './sequential.ts';
import { soak } from './soak.ts';

export const measures: readonly Measure[] = [cold, ping, echo, ...pipelines, soak, drain];
