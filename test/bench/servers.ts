import { floors } from './floor-servers.ts';
import { ours } from './our-servers.ts';
import { peers } from './peer-servers.ts';
import type { ServerEntry } from './server-entry.ts';

export const servers: readonly ServerEntry[] = [...ours, ...floors, ...peers];
