/** The tools that this server can offer, in the order in which they are listed. */
export const toolNames = [
  'echo',
  'read_file',
  'write_file',
  'list_directory',
  'search_files',
  'execute_command',
  'system_info',
  'claude_conversation',
] as const;

export type ToolName = (typeof toolNames)[number];
