import type { Brand } from '../shared/brand.ts';
import { DomainError } from '../shared/domain-error.ts';

export type ToolName = Brand<string, 'ToolName'>;

/** MCP 2025-11-25, server/tools, "Tool Names": these characters, 1 to 128 of them. */
const TOOL_NAME = /^[A-Za-z0-9_./-]{1,128}$/;

/** @throws DomainError `tool.name-invalid` */
export function toolName(name: string): ToolName {
  if (TOOL_NAME.test(name)) return name as ToolName;
  throw new DomainError(
    'tool.name-invalid',
    'invalid',
    `Expected a tool name of 1 to 128 letters, digits, "_", "-", "." or "/", got "${name.slice(0, 140)}"`,
  );
}
