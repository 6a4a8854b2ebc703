import type { Application } from '../../application/application.ts';

const EVERYTHING = { limit: Number.MAX_SAFE_INTEGER };

/** All that the application offers, in the order in which clients see it. */
export async function wholeSurface({ queries }: Application) {
  const [tools, resources, resourceTemplates, prompts] = await Promise.all([
    queries.listTools(EVERYTHING),
    queries.listResources(EVERYTHING),
    queries.listResourceTemplates(EVERYTHING),
    queries.listPrompts(EVERYTHING),
  ]);
  return {
    tools: tools.items,
    resources: resources.items,
    resourceTemplates: resourceTemplates.items,
    prompts: prompts.items,
  };
}

export type WholeSurface = Awaited<ReturnType<typeof wholeSurface>>;
