import type { Unprepared } from '../services.ts';

/** The configuration doesn't hold, so that nothing can be done with it. */
export class InvalidConfiguration extends Error {
  override readonly name = 'InvalidConfiguration';
  readonly report: Unprepared;

  constructor(report: Unprepared) {
    super('The configuration is not valid');
    this.report = report;
  }
}
