import type { LogFields, Logger, LogThreshold } from '../../../src/application/ports/logger.ts';

export interface LogRecord {
  readonly level: LogThreshold;
  readonly message: string;
  readonly fields: LogFields;
}

const levels: readonly LogThreshold[] = ['error', 'warn', 'info', 'debug'];

/** A logger that keeps what it is told, at whatever level: asking `enabled` first is the caller's duty. */
export class RecordingLogger implements Logger {
  readonly records: LogRecord[] = [];
  private readonly threshold: LogThreshold;

  constructor(threshold: LogThreshold = 'debug') {
    this.threshold = threshold;
  }

  enabled(level: LogThreshold): boolean {
    return levels.indexOf(level) <= levels.indexOf(this.threshold);
  }

  error(message: string, fields: LogFields = {}): void {
    this.records.push({ level: 'error', message, fields });
  }

  warn(message: string, fields: LogFields = {}): void {
    this.records.push({ level: 'warn', message, fields });
  }

  info(message: string, fields: LogFields = {}): void {
    this.records.push({ level: 'info', message, fields });
  }

  debug(message: string, fields: LogFields = {}): void {
    this.records.push({ level: 'debug', message, fields });
  }
}
