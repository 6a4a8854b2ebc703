import { type CommandRules, offersCommands } from '../../domain/policy/commands/command-policy.ts';
import type { Eventual } from '../eventual.ts';
import type { FileTree } from '../ports/file-tree.ts';
import type { Files } from '../ports/files.ts';
import type { PathGrants } from '../ports/path-grants.ts';
import type { SystemInformation } from '../ports/system-information.ts';
import type { TextDiff } from '../ports/text-diff.ts';
import type { ClaudeConversationDependencies } from './claude-conversation/claude-conversation.ts';
import type { ToolDefinition } from './define/define-tool.ts';
import type { ExecuteCommandDependencies } from './execute-command/execute-command.ts';
import type { ToolLimits } from './tool-limits.ts';

/** Ports and settings of all tools; each takes of them what it needs. */
export interface ToolDependencies extends ExecuteCommandDependencies, ClaudeConversationDependencies {
  readonly files: Files;
  readonly tree: FileTree;
  readonly grants: PathGrants;
  readonly textDiff: TextDiff;
  readonly system: SystemInformation;
  readonly server: { readonly name: string; readonly version: string };
  readonly rules: CommandRules;
  readonly limits: ToolLimits;
  readonly confirmOverwrite: boolean;
}

/** Sets of tools, which `tools.toolsets` switches. */
export const toolsets = ['local'] as const;
type Toolset = (typeof toolsets)[number];

interface ToolEntry {
  readonly toolset: Toolset;
  /** Loads the tool's module and makes the tool. */
  readonly make: (dependencies: ToolDependencies) => Eventual<ToolDefinition>;
  /** Tells whether it is there at all as the server is configured; without this, always. */
  readonly isOffered?: (dependencies: ToolDependencies) => boolean;
}

/**
 * The tools that this server can offer, by name, in the order in which they are listed. In the bundle, whose modules are all
 * there, they are loaded as late but without a promise (build/tools-at-once.ts): each `make` is one `await import()` and a call.
 */
export const toolTable = {
  echo: { toolset: 'local', make: async () => (await import('./echo.ts')).echoTool() },
  read_file: {
    toolset: 'local',
    make: async (dependencies) => (await import('./read-file/read-file.ts')).readFileTool(dependencies),
  },
  write_file: {
    toolset: 'local',
    make: async (dependencies) => (await import('./write-file/write-file.ts')).writeFileTool(dependencies),
  },
  list_directory: {
    toolset: 'local',
    make: async (dependencies) => (await import('./list-directory.ts')).listDirectoryTool(dependencies),
  },
  search_files: {
    toolset: 'local',
    make: async (dependencies) => (await import('./search-files.ts')).searchFilesTool(dependencies),
  },
  execute_command: {
    toolset: 'local',
    isOffered: ({ rules }) => offersCommands(rules),
    make: async (dependencies) =>
      (await import('./execute-command/execute-command.ts')).executeCommandTool(dependencies),
  },
  system_info: {
    toolset: 'local',
    make: async ({ system, server }) => (await import('./system-info.ts')).systemInfoTool(system, server),
  },
  claude_conversation: {
    toolset: 'local',
    make: async (dependencies) =>
      (await import('./claude-conversation/claude-conversation.ts')).claudeConversationTool(dependencies),
  },
} as const satisfies Readonly<Record<string, ToolEntry>>;

export type ProductToolName = keyof typeof toolTable;

export const toolNames = Object.keys(toolTable) as readonly ProductToolName[];

/** The tools of these sets that the server has as it is configured, by name. */
export function offeredTools(
  wanted: readonly string[],
  dependencies: ToolDependencies,
): readonly (readonly [ProductToolName, ToolEntry])[] {
  const entries = Object.entries(toolTable) as readonly (readonly [ProductToolName, ToolEntry])[];
  return entries.filter(
    ([, { toolset, isOffered }]) => wanted.includes(toolset) && (isOffered?.(dependencies) ?? true),
  );
}
