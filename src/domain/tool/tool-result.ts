import type { ContentBlock } from '../shared/content-block.ts';
import type { ErrorCode } from '../shared/error-code.ts';
import { type JsonObject, quoteText, stringifyObject } from '../shared/json.ts';

/** The answer of a tool. An error is a result too: the model reads it and tries something else. */
export interface ToolResult {
  readonly content: readonly ContentBlock[];
  readonly structuredContent?: JsonObject;
  /** The JSON of a structured result, made once for its text, its size and its way out. */
  readonly json?: StructuredJson;
  /** Bytes that the content takes as JSON at most, where the tool has seen to that. */
  readonly mostBytes?: number;
  readonly isError: boolean;
  /** The name of the failure, for events; the client reads the content. */
  readonly errorCode?: ErrorCode;
  readonly meta?: JsonObject;
}

export interface StructuredJson {
  /** Of `structuredContent`. */
  readonly value: string;
  /** Of the text that says the same. */
  readonly text: string;
}

export function textResult(text: string): ToolResult {
  return { content: [{ type: 'text', text }], isError: false };
}

/** The value itself, and the same as compact JSON for clients that read text only. */
export function structuredResult(structuredContent: JsonObject): ToolResult {
  const value = stringifyObject(structuredContent);
  return {
    content: [{ type: 'text', text: value }],
    structuredContent,
    json: { value, text: quoteText(value) },
    isError: false,
  };
}

/** A failure the model can act on: what failed, which limit, what to try next. */
export function errorResult(text: string, errorCode?: ErrorCode): ToolResult {
  return { content: [{ type: 'text', text }], isError: true, ...(errorCode && { errorCode }) };
}
