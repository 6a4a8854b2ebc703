import type { ConfigurationRequest } from '../../../application/ports/configuration-source.ts';
import type { CliServices, Prepared, Unprepared } from '../services.ts';

/** The configuration doesn't hold, so that nothing can be done with it. */
export class InvalidConfiguration extends Error {
  override readonly name = 'InvalidConfiguration';
  readonly report: Unprepared;

  constructor(report: Unprepared) {
    super('The configuration is not valid');
    this.report = report;
  }
}

/** @throws InvalidConfiguration */
export async function requirePrepared(
  request: ConfigurationRequest,
  services: CliServices,
): Promise<Prepared> {
  const prepared = await services.prepare(request);
  if ('problems' in prepared) throw new InvalidConfiguration(prepared);
  return prepared;
}
