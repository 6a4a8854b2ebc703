import type * as FileSystem from 'node:fs';
import type * as Threads from 'node:worker_threads';
import type { BatchReport, SearchBatch } from './search-messages.ts';
import { absolute, timed, type Work } from './search-work.ts';
import { lookIntoFiles, workOnFiles } from './search-work-files.ts';
import { readFolders, workOnFolders } from './search-work-folders.ts';

/**
 * The worker's program. It is made of functions as text, because a single executable has no second file to load: they may name
 * each other and globals, and nothing else of their modules. It reads synchronously: nothing else waits.
 */
export const searchWorkerSource = () => {
  const functions = [absolute, timed, lookIntoFiles, ...workOnFiles, readFolders, ...workOnFolders];
  return `'use strict';${functions.join('\n')}
(${serve})(require('node:worker_threads'), require('node:fs'));`;
};

function serve({ parentPort, workerData }: typeof Threads, fs: typeof FileSystem): void {
  let work: Work | undefined;
  parentPort?.on('message', ({ task, jobs }: SearchBatch) => {
    if (work?.task.id !== task.id) {
      const buffer = work?.buffer ?? Buffer.allocUnsafeSlow(65_536);
      const literal = task.content?.literal === undefined ? undefined : Buffer.from(task.content.literal);
      work = { fs, settings: workerData, task, literal, buffer, matching: 0 };
    }
    const current = work;
    current.matching = 0;
    const reports = jobs.map((job) =>
      job.kind === 'folder' ? readFolders(current, job) : lookIntoFiles(current, job),
    );
    parentPort.postMessage({ reports, matching: current.matching } satisfies BatchReport);
  });
}
