import type { Eventual } from '../application/eventual.ts';
import type { ToolDefinition } from '../application/tools/define-tool.ts';
import type { ToolName } from '../application/tools/tool-names.ts';
import type { SurfaceDependencies } from './product-surface.ts';

type ToolMaker = (dependencies: SurfaceDependencies) => Eventual<ToolDefinition>;

/**
 * How each tool is made, by its name and in the order in which they are listed. In the bundle, whose modules are all there, they
 * are loaded as late but without a promise (build/tools-at-once.ts).
 */
export const toolMakers: Readonly<Record<ToolName, ToolMaker>> = {
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
  claude_conversation: async (dependencies) =>
    (await import('../application/tools/claude-conversation.ts')).claudeConversationTool(dependencies),
};
