import type { Application } from '../../application/application.ts';
import { localUser } from '../../application/request-context.ts';
import { suggestionOf } from '../../domain/shared/nearest-name.ts';
import type { Tool } from '../../domain/tool/tool.ts';
import { UsageError } from './command-line/usage-error.ts';

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

/** The tool of that name. @throws UsageError where there is none */
export async function requireTool(application: Application, name: string): Promise<Tool> {
  const { tools } = await wholeSurface(application);
  const found = tools.find((tool) => tool.name === name);
  if (found) return found;
  const names = tools.map((tool) => tool.name);
  const all = names.length === 0 ? 'there are none' : `there are ${names.join(', ')}`;
  throw new UsageError(`Unknown tool "${name}"${suggestionOf(name, names) || `; ${all}`}`, {
    command: 'call',
  });
}
