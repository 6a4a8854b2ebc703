import { writeSync } from 'node:fs';
import { describeFault, placeOf } from './describe-fault.ts';
import { exitCodes } from './exit-codes.ts';

/** Logs a fault and resolves, once that is written, with the id under which it is to be found. */
export type LogFault = (error: unknown) => Promise<string>;

let log: LogFault | undefined;
let isEnding = false;

/** From here on faults are logged, too. */
export function logFaults(logFault: LogFault): void {
  log = logFault;
}

/** True if whoever started the program wants to see where it failed. */
export const wantsPlaces = (): boolean => process.argv.some((word) => word === '--debug' || word === '-d');

/**
 * Imported before what could fail. What nobody caught ends the process with one sentence: Node.js would print the line in which it
 * was thrown, and the executable's source has one line.
 */
process.on('uncaughtException', (error) => {
  if (isEnding) process.exit(exitCodes.failed);
  isEnding = true;
  void end(error);
});

async function end(error: unknown): Promise<never> {
  const id = await log?.(error).catch(() => undefined);
  const place = id === undefined && wantsPlaces() ? placeOf(error) : undefined; // else the log has it
  tell(`error: ${describeFault(error, id)}\n${place === undefined ? '' : `${place}\n`}`);
  process.exit(exitCodes.failed);
}

function tell(text: string): void {
  try {
    writeSync(2, text);
  } catch {
    // there is nobody left to tell
  }
}
