import type { ContentBlock } from '../shared/content-block.ts';
import type { JsonObject } from '../shared/json.ts';

/** What a tool hands back. An error is a result too: the model reads it and tries something else. */
export interface ToolResult {
  readonly content: readonly ContentBlock[];
  readonly structuredContent?: JsonObject;
  readonly isError: boolean;
  readonly meta?: JsonObject;
}

export function textResult(text: string): ToolResult {
  return { content: [{ type: 'text', text }], isError: false };
}

/** The value itself, and the same as compact JSON for clients that read text only. */
export function structuredResult(value: JsonObject): ToolResult {
  return {
    content: [{ type: 'text', text: JSON.stringify(value) }],
    structuredContent: value,
    isError: false,
  };
}

/** A failure the model can act on: what failed, which limit, what to try next. */
export function errorResult(text: string): ToolResult {
  return { content: [{ type: 'text', text }], isError: true };
}
