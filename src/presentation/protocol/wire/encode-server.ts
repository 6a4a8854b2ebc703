import type { JsonObject } from '../../../domain/shared/json.ts';
import type { Features } from '../revisions.ts';
import type { ServerIdentity } from '../services.ts';

/** The server's `Implementation`. */
export function encodeServer(
  { name, title, version, description, websiteUrl }: ServerIdentity,
  features: Features,
): JsonObject {
  return {
    name,
    ...(features.titles && { title }),
    version,
    ...(features.implementationDescription && { description, websiteUrl }),
  };
}
