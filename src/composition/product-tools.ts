import { deferredTool } from '../application/tools/deferred-tool.ts';
import type { ToolDefinition } from '../application/tools/define-tool.ts';
import { offersCommands } from '../domain/policy/command-policy.ts';
import { finishedDescriptions } from './finished-descriptions.ts';
import type { SurfaceDependencies } from './product-surface.ts';

/** How each tool is made, by its name and in the order in which they are listed. */
const makers: Readonly<Record<string, (dependencies: SurfaceDependencies) => Promise<ToolDefinition>>> = {
  echo: async () => (await import('../application/tools/echo.ts')).echoTool(),
  read_file: async (dependencies) =>
    (await import('../application/tools/read-file.ts')).readFileTool(dependencies),
  write_file: async (dependencies) =>
    (await import('../application/tools/write-file.ts')).writeFileTool(dependencies),
  list_directory: async (dependencies) =>
    (await import('../application/tools/list-directory.ts')).listDirectoryTool(dependencies),
  search_files: async (dependencies) =>
    (await import('../application/tools/search-files.ts')).searchFilesTool(dependencies),
  execute_command: async (dependencies) =>
    (await import('../application/tools/execute-command.ts')).executeCommandTool(dependencies),
  system_info: async ({ server: { name, version } }) => {
    const { NodeSystemInformation } = await import('../infrastructure/system/node-system-information.ts');
    const { systemInfoTool } = await import('../application/tools/system-info.ts');
    return systemInfoTool(new NodeSystemInformation(), { name, version });
  },
};

/** The tools that are offered. One whose description is finished is loaded when it is first called. */
export async function productTools(dependencies: SurfaceDependencies): Promise<readonly ToolDefinition[]> {
  const finished = finishedDescriptions(dependencies.limits);
  const offered = Object.entries(makers).filter(
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
