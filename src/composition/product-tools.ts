import { deferredTool } from '../application/tools/deferred-tool.ts';
import type { ToolDefinition } from '../application/tools/define-tool.ts';
import { offersCommands } from '../domain/policy/command-policy.ts';
import { finishedDescriptions } from './finished-descriptions.ts';
import type { SurfaceDependencies } from './product-surface.ts';
import { toolMakers } from './tool-makers.ts';

/** The tools that are offered. One whose description is finished is loaded when it is first called. */
export async function productTools(dependencies: SurfaceDependencies): Promise<readonly ToolDefinition[]> {
  const finished = finishedDescriptions(dependencies.limits);
  const offered = Object.entries(toolMakers).filter(
    ([name]) => name !== 'execute_command' || offersCommands(dependencies.rules),
  );
  return await Promise.all(
    offered.map(async ([name, make]) => {
      const description = finished[name];
      if (description === undefined) return await make(dependencies);
      return deferredTool(description, () => make(dependencies));
    }),
  );
}
