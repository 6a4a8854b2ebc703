import type { Client, ClientCapability } from '../../application/request-context.ts';
import { isJsonObject, type JsonObject } from '../../domain/shared/json.ts';
import type { Features } from './revisions.ts';

/** The client as handlers see it: what it can be asked, never which revision it speaks. */
export function createClient(
  { name, version }: { readonly name: string; readonly version: string },
  capabilities: JsonObject,
  features: Features,
): Client {
  return { name, version, can: (capability) => declares(capability, capabilities, features) };
}

function declares(capability: ClientCapability, capabilities: JsonObject, features: Features): boolean {
  const { elicitation, sampling, roots } = capabilities;
  switch (capability) {
    case 'elicitation': // an empty object means forms only (2025-11-25, client/elicitation, "Capabilities")
      return (
        features.elicitation &&
        isJsonObject(elicitation) &&
        (has(elicitation, 'form') || !has(elicitation, 'url'))
      );
    case 'elicitation.url':
      return features.urlElicitation && isJsonObject(elicitation) && has(elicitation, 'url');
    case 'sampling':
      return isJsonObject(sampling);
    case 'sampling.tools':
      return isJsonObject(sampling) && has(sampling, 'tools');
    case 'roots':
      return isJsonObject(roots);
  }
}

const has = (object: JsonObject, key: string) => isJsonObject(object[key]);
