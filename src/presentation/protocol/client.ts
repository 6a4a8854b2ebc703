import type { Client, ClientCapability } from '../../application/request-context.ts';
import { type JsonObject, objectOf } from '../../domain/shared/json.ts';
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
  const [elicitation, sampling, roots] = ['elicitation', 'sampling', 'roots'].map((name) =>
    objectOf(capabilities[name]),
  );
  switch (capability) {
    case 'elicitation': // an empty object means forms only (2025-11-25, client/elicitation, "Capabilities")
      return (
        features.elicitation &&
        elicitation !== undefined &&
        (has(elicitation, 'form') || !has(elicitation, 'url'))
      );
    case 'elicitation.url':
      return features.urlElicitation && elicitation !== undefined && has(elicitation, 'url');
    case 'sampling':
      return sampling !== undefined;
    case 'sampling.tools':
      return sampling !== undefined && has(sampling, 'tools');
    case 'roots':
      return roots !== undefined;
  }
}

const has = (object: JsonObject, key: string) => objectOf(object[key]) !== undefined;
