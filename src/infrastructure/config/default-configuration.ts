import * as v from 'valibot';
import { type Configuration, configurationSchema } from './schema/configuration-schema.ts';

/**
 * The configuration of a start without any settings. In the bundle this module is replaced by the finished object
 * (build/finished-configuration.ts): a start without any configuration needs neither the schema nor what checks it.
 */
export function defaultConfiguration(): Configuration {
  return v.parse(configurationSchema, {});
}
