import type { Configuration } from '../schema/configuration-schema.ts';

/** True if network clients have to say who they are. */
export function authenticates({ api_keys_file, jwt }: Configuration['security']): boolean {
  return api_keys_file !== undefined || jwt.issuer !== undefined;
}
