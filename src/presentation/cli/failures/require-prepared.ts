import type { ConfigurationRequest } from '../../../application/ports/configuration-source.ts';
import type { CliServices, Prepared } from '../services.ts';
import { InvalidConfiguration } from './invalid-configuration.ts';

/** @throws InvalidConfiguration */
export async function requirePrepared(
  request: ConfigurationRequest,
  services: CliServices,
): Promise<Prepared> {
  const prepared = await services.prepare(request);
  if ('problems' in prepared) throw new InvalidConfiguration(prepared);
  return prepared;
}
