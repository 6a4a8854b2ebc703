import type * as FileSystem from 'node:fs';
import type { SearchTask, WorkerSettings } from '../search-messages.ts';
import type { IgnoreState } from './ignore-rules.ts';

// These functions are a part of the worker's program, whose text is made of them: see search-worker.ts.

/** A search's work as one worker has it. */
export interface Work {
  readonly fs: typeof FileSystem;
  readonly settings: WorkerSettings;
  readonly task: SearchTask;
  readonly literal: Buffer | undefined;
  /** Grows to the largest file. */
  buffer: Buffer;
  /** Read when it is needed. */
  ignore?: IgnoreState;
  matching: number;
}

/** The path of what a job names. */
export function absolute({ task, settings }: Work, path: string): string {
  const { separator } = settings;
  const root = task.root.endsWith(separator) ? task.root : task.root + separator;
  return root + (separator === '/' ? path : path.replaceAll('/', separator));
}

/** Lets the outside see how long regular expressions have been running, this one and those before it in the batch. */
export function timed<T>(work: Work, match: () => T): T {
  const { clock } = work.settings;
  const started = performance.now();
  clock[0] = performance.timeOrigin + started;
  try {
    return match();
  } finally {
    clock[0] = 0;
    work.matching += performance.now() - started;
    clock[1] = work.matching;
  }
}
