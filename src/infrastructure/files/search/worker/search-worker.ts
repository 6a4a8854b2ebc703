import type * as FileSystem from 'node:fs';
import type * as Threads from 'node:worker_threads';
import { recognizeText, recognizingText } from '../../../../domain/text/recognize-text.ts';
import type { BatchReport, SearchBatch } from '../search-messages.ts';
import { ignoring } from './ignore-rules.ts';
import { absolute, timed, type Work } from './search-work.ts';
import { wildMatching } from './wildmatch.ts';
import { lookIntoFiles, workOnFiles } from './work-on-files.ts';
import { readFolders, workOnFolders } from './work-on-folders.ts';
import { workOnIgnored } from './work-on-ignored.ts';

/**
 * The worker's program. It is made of functions as text, because a single executable has no second file to load: they may name
 * each other and globals, and nothing else of their modules. It reads synchronously: nothing else waits.
 */
export const searchWorkerSource = () => {
  const reading = [absolute, timed, ...workOnFolders, lookIntoFiles, ...workOnFiles];
  const deciding = [...workOnIgnored, ...ignoring, ...wildMatching, recognizeText, ...recognizingText];
  const functions = [...reading, ...deciding];
  return `'use strict';${functions.join('\n')}
(${serve})(require('node:worker_threads'), require('node:fs'));`;
};

function serve({ parentPort, workerData }: typeof Threads, fs: typeof FileSystem): void {
  // Searches alternate: what was read of the rules for one is kept meanwhile.
  const works = new Map<number, Work>();
  let buffer: Buffer = Buffer.allocUnsafeSlow(65_536);
  parentPort?.on('message', ({ task, jobs }: SearchBatch) => {
    const literal = task.content?.literal === undefined ? undefined : Buffer.from(task.content.literal);
    const work = works.get(task.id) ?? { fs, settings: workerData, task, literal, buffer, matching: 0 };
    works.delete(task.id);
    works.set(task.id, work);
    for (const [oldest] of works) if (works.size > 8) works.delete(oldest);
    work.buffer = buffer;
    work.matching = 0;
    const reports = jobs.map((job) =>
      job.kind === 'folder' ? readFolders(work, job) : lookIntoFiles(work, job),
    );
    buffer = work.buffer;
    parentPort.postMessage({ reports, matching: work.matching } satisfies BatchReport);
  });
}
