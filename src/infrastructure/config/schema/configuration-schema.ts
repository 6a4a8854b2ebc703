import * as v from 'valibot';
import { auditSection } from './sections/audit-section.ts';
import { claudeSection } from './sections/claude-section.ts';
import { databaseSection } from './sections/database-section.ts';
import { loggingSection } from './sections/logging-section.ts';
import { mcpSection } from './sections/mcp-section.ts';
import { securitySection } from './sections/security-section.ts';
import { serverSection } from './sections/server-section.ts';
import { telemetrySection } from './sections/telemetry-section.ts';
import { toolsSection } from './sections/tools-section.ts';

/**
 * The single source of types, defaults, validation, variables, reference, JSON Schema and `init-config`.
 *
 * A new setting is one row in its section, and nothing else; a section may have sections of its own. Its variable is
 * TELEMETRYFLOW_MCP_<SECTION>_<KEY>. An empty variable counts as not given, and in a file so does `null`, and "" where there is no
 * default.
 */
export const configurationSchema = v.strictObject({
  server: v.optional(serverSection, {}),
  claude: v.optional(claudeSection, {}),
  mcp: v.optional(mcpSection, {}),
  logging: v.optional(loggingSection, {}),
  security: v.optional(securitySection, {}),
  tools: v.optional(toolsSection, {}),
  database: v.optional(databaseSection, {}),
  audit: v.optional(auditSection, {}),
  telemetry: v.optional(telemetrySection, {}),
});

/** The configuration as it holds: complete, checked, durations in seconds. */
export type Configuration = v.InferOutput<typeof configurationSchema>;
