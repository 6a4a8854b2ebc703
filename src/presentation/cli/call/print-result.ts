import type { ContentBlock } from '../../../domain/shared/content-block.ts';
import { isJsonObject, type JsonObject } from '../../../domain/shared/json.ts';
import type { ToolResult } from '../../../domain/tool/tool-result.ts';
import { encodeToolResult } from '../../protocol/wire/encode-surface.ts';
import { tellError } from '../failures/messages.ts';
import { jsonShape, printJson } from '../terminal/json-output.ts';
import { showable } from '../terminal/showable.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { describeStructured } from './listings.ts';

/**
 * Data goes to stdout, be it of a failure: text, and JSON as it is where a program reads it, as a listing where a person does. An
 * error in words goes to stderr; what a terminal can't show is described there.
 */
export function printResult(tool: string, result: ToolResult, terminal: Terminal): void {
  const { content, structuredContent, isError } = result;
  const data = structuredContent ?? (isError ? dataOf(content) : undefined);
  if (data !== undefined && isError && !terminal.shown) tellError(failureIn(tool, data), terminal);
  for (const [index, block] of content.entries()) {
    if (index === 0 && data !== undefined && terminal.shown) printListing(tool, data, terminal);
    else if (block.type !== 'text') terminal.tell(`${describeContent(block)}; --json prints it`);
    else if (isError && data === undefined) tellError(block.text, terminal);
    else terminal.print(showable(block.text, terminal));
  }
}

function printListing(tool: string, data: JsonObject, terminal: Terminal): void {
  const { text, remarks } = describeStructured(tool, data, terminal.paint);
  if (text !== '') terminal.print(text);
  for (const remark of remarks) terminal.tell(remark);
}

/** The one text of an error that is a JSON object: a command that was ended has such a result. */
function dataOf([block, ...others]: readonly ContentBlock[]): JsonObject | undefined {
  if (block?.type !== 'text' || others.length > 0 || !block.text.startsWith('{')) return undefined;
  try {
    const value: unknown = JSON.parse(block.text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function failureIn(tool: string, data: JsonObject): string {
  if (data['timed_out'] === true) return 'The command took longer than its timeout, and was ended';
  return `"${tool}" failed; its result says more`;
}

/** The whole result, as a client gets it. */
export function printResultJson(result: ToolResult, terminal: Terminal): void {
  printJson(encodeToolResult(result, jsonShape), terminal);
}

/** Describes content that a terminal can't show, in a phrase. */
export function describeContent(block: Exclude<ContentBlock, { type: 'text' }>): string {
  switch (block.type) {
    case 'image':
    case 'audio':
      return `${block.type}: ${block.mimeType}, ${Buffer.byteLength(block.data, 'base64')} bytes`;
    case 'resource_link':
      return `link: ${block.uri} (${block.title ?? block.name})`;
    case 'resource':
      return `resource: ${block.resource.uri}, ${block.resource.mimeType ?? 'of no known type'}`;
  }
}
