/** Tools that the product offers by default, in the order of its list. */
export const productTools = [
  'echo',
  'read_file',
  'write_file',
  'list_directory',
  'search_files',
  'execute_command',
  'system_info',
  'claude_conversation',
] as const;
