import type { ServerIdentity } from '../presentation/protocol/services.ts';

declare const __TFO_MCP_VERSION__: string | undefined;
declare const __TFO_MCP_COMMIT__: string | undefined;

/** The version of this build. The bundler writes this and the commit in; the sources run as they are have neither. */
export const version = typeof __TFO_MCP_VERSION__ === 'string' ? __TFO_MCP_VERSION__ : '0.0.0';
export const commit = typeof __TFO_MCP_COMMIT__ === 'string' ? __TFO_MCP_COMMIT__ : 'source';

/** @param name as configured */
export function serverIdentity(name: string): ServerIdentity {
  return {
    name,
    title: 'TelemetryFlow MCP',
    version,
    description:
      'The TelemetryFlow MCP server: files, commands and system facts of this machine for AI clients',
    websiteUrl: 'https://telemetryflow.id',
    instructions:
      'Files, commands and facts of the machine this server runs on. Relative paths count from the first allowed directory. ' +
      'Use list_directory and search_files to find files, read_file and write_file for their content, execute_command to run ' +
      'programs, system_info to learn about the machine, and claude_conversation to ask Claude. What a limit cut says how to get the rest.',
  };
}
