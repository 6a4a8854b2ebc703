import type { ContentBlock } from '../../../domain/shared/content-block.ts';
import type { ToolResult } from '../../../domain/tool/tool-result.ts';
import { encodeToolResult } from '../../protocol/wire/encode-surface.ts';
import { tellError } from '../failures/messages.ts';
import { jsonShape, printJson } from '../terminal/json-output.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** Text goes to stdout, of an error to stderr; what a terminal can't show is described on stderr. */
export function printResult({ content, isError }: ToolResult, terminal: Terminal): void {
  for (const block of content) {
    if (block.type !== 'text') terminal.tell(`${describeContent(block)}; --json prints it`);
    else if (isError) tellError(block.text, terminal);
    else terminal.print(block.text);
  }
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
