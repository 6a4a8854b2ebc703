import type { Application } from '../../application/application.ts';
import type { JsonObject } from '../../domain/shared/json.ts';
import type { Features } from './revisions.ts';

export type Offer = 'tools' | 'resources' | 'prompts' | 'completions' | 'logging';

/** True if the surface has something of this: nothing else is declared, and the methods of nothing else are served. */
export function isOffered(offer: Offer, application: Application): boolean {
  const surface = application.queries.describeSurface();
  switch (offer) {
    case 'tools':
      return surface.tools > 0;
    case 'resources':
      return surface.resources + surface.resourceTemplates > 0;
    case 'prompts':
      return surface.prompts > 0;
    case 'completions':
      return surface.prompts + surface.resourceTemplates > 0;
    case 'logging':
      return true;
  }
}

export function declareCapabilities(application: Application, features: Features): JsonObject {
  const offered = (offer: Offer) => isOffered(offer, application);
  return {
    ...(offered('tools') && { tools: { listChanged: true } }),
    ...(offered('resources') && { resources: { subscribe: true, listChanged: true } }),
    ...(offered('prompts') && { prompts: { listChanged: true } }),
    ...(offered('completions') && features.completionsCapability && { completions: {} }),
    ...(offered('logging') && { logging: {} }),
  };
}
