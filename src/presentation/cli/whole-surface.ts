import type { Application } from '../../application/application.ts';
import { localUser } from '../../application/request-context.ts';

const EVERYTHING = { limit: Number.MAX_SAFE_INTEGER };

/** All that the application offers, in the order in which clients see it. */
export async function wholeSurface({ queries }: Application) {
  const [tools, resources, resourceTemplates, prompts] = await Promise.all([
    queries.listTools(EVERYTHING, localUser),
    queries.listResources(EVERYTHING, localUser),
    queries.listResourceTemplates(EVERYTHING, localUser),
    queries.listPrompts(EVERYTHING, localUser),
  ]);
  return {
    tools: tools.items,
    resources: resources.items,
    resourceTemplates: resourceTemplates.items,
    prompts: prompts.items,
  };
}

export type WholeSurface = Awaited<ReturnType<typeof wholeSurface>>;
