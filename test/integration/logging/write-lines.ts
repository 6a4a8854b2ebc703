/*
 * A process that logs to its own stderr: `write-lines.ts <lines> <lines at once>`. It prints what it saw, flushes
 * when its stdin has ended, and ends.
 */
import { once } from 'node:events';
import process from 'node:process';
import { createRedactor } from '../../../src/domain/policy/redact.ts';
import { createConsolaLogger } from '../../../src/infrastructure/logging/consola-logger.ts';

const [lines = 0, linesAtOnce = 1] = process.argv.slice(2).map(Number);

const logger = createConsolaLogger({
  level: 'info',
  format: 'auto',
  redactor: createRedactor(['hunter2hunter2']),
  environment: process.env,
  openStream: () => process.stderr,
});

let mostWaiting = 0;
for (let line = 0; line < lines; line++) {
  logger.info(`${'x'.repeat(200)}\nhunter2hunter2`, { line });
  if ((line + 1) % linesAtOnce > 0) continue;
  await new Promise(setImmediate);
  mostWaiting = Math.max(mostWaiting, process.stderr.writableLength);
}
process.stdout.write(`${JSON.stringify({ mostWaiting })}\n`);
await once(process.stdin.resume(), 'end');
await logger.flush();
process.exit(0);
