import type { Scope } from '../policy/scope.ts';
import type { Brand } from '../shared/brand.ts';
import { DomainError } from '../shared/domain-error.ts';
import type { JsonObject } from '../shared/json.ts';
import { shorten } from '../text/utf8.ts';

export type ToolName = Brand<string, 'ToolName'>;

/** MCP 2025-11-25, server/tools, "Tool Names": these characters, 1 to 128 of them. */
const TOOL_NAME = /^[A-Za-z0-9_./-]{1,128}$/;

/** @throws DomainError `tool.name-invalid` */
export function toolName(name: string): ToolName {
  if (TOOL_NAME.test(name)) return name as ToolName;
  throw new DomainError(
    'tool.name-invalid',
    'invalid',
    `Expected a tool name of 1 to 128 letters, digits, "_", "-", "." or "/", got "${shorten(name, 140)}"`,
  );
}

/** Hints for a client that decides whether to ask its user. They promise, they don't enforce. */
export interface ToolAnnotations {
  /** Changes nothing. */
  readonly readOnlyHint: boolean;
  /** May destroy or overwrite. */
  readonly destructiveHint: boolean;
  /** Doing it twice is the same as doing it once. */
  readonly idempotentHint: boolean;
  /** Reaches things outside this server's own world. */
  readonly openWorldHint: boolean;
}

export type ToolCategory = 'utility' | 'file' | 'system' | 'ai';

/** A tool's description of itself. */
export interface ToolDescription {
  readonly name: string;
  readonly title: string;
  /** For the model: 1 to 1,024 characters. */
  readonly description: string;
  readonly category: ToolCategory;
  readonly tags: readonly string[];
  readonly annotations: ToolAnnotations;
  /** The scope that a caller must have been granted; without it, `tools:read` or `tools:write`, as the annotations have it. */
  readonly scope?: Scope;
  /** JSON Schema 2020-12 of the arguments, a plain object at its root. Made at the first call. */
  readonly inputSchema: () => JsonObject;
  /** JSON Schema 2020-12 of the structured result, where there is one. */
  readonly outputSchema?: () => JsonObject;
  /** Calls that may run at once, if that is limited. */
  readonly concurrency?: number;
  /** Characters of its largest answers that a model may want whole, where they can be long: some hosts keep them from it otherwise. */
  readonly largestAnswer?: number;
  /** Seconds, where the tool has a limit of its own. */
  readonly timeout?: number;
}

/** A tool as the world sees it; what it does is the application's business. */
export interface Tool extends ToolDescription {
  readonly name: ToolName;
}

const MAX_DESCRIPTION = 1024;

/**
 * Checks what a tool says of itself.
 * @throws DomainError `tool.name-invalid`, `tool.description-invalid`
 */
export function describeTool(description: ToolDescription): Tool {
  const name = toolName(description.name);
  const { length } = description.description;
  if (length === 0 || length > MAX_DESCRIPTION) {
    throw new DomainError(
      'tool.description-invalid',
      'invalid',
      `Expected the description of tool "${name}" to have 1 to ${MAX_DESCRIPTION} characters, got ${length}`,
    );
  }
  return { ...description, name };
}
