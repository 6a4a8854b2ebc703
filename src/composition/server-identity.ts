import type { ServerIdentity } from '../presentation/protocol/services.ts';
import { version } from './version.ts';

/** @param name as configured */
export function serverIdentity(name: string): ServerIdentity {
  return {
    name,
    title: 'TelemetryFlow MCP',
    version,
    description: 'The TelemetryFlow MCP server: system facts and tools of this machine for AI clients',
    websiteUrl: 'https://telemetryflow.id',
    instructions:
      'Tools of the machine this server runs on. Use system_info to learn about the machine and echo to test the connection.',
  };
}
