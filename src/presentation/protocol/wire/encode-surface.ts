import type { Completion } from '../../../application/queries/complete-argument.ts';
import type { Prompt, PromptResult } from '../../../domain/prompt/prompt.ts';
import type { Resource, ResourceTemplate } from '../../../domain/resource/resource.ts';
import type { JsonObject } from '../../../domain/shared/json.ts';
import type { Tool } from '../../../domain/tool/tool.ts';
import type { StructuredJson, ToolResult } from '../../../domain/tool/tool-result.ts';
import { withJson } from '../../jsonrpc/encode.ts';
import type { Features } from '../revisions.ts';
import { annotationsOf, dropAbsent, encodeContent } from './encode-content.ts';

/** Claude Code hands a model longer answers than its own limit of characters for tools that have this, up to a most of its own. */
const MAX_RESULT = 'anthropic/maxResultSizeChars';
const MOST_RESULT = 500_000;

/** The surface in the shapes of a revision: what it doesn't know is left out. */

export function encodeTool(tool: Tool, features: Features): JsonObject {
  const { name, title, description, inputSchema, outputSchema, annotations, largestAnswer } = tool;
  return {
    name,
    ...(features.titles && { title }),
    description,
    inputSchema: inputSchema(),
    ...(features.structuredContent && outputSchema && { outputSchema: outputSchema() }),
    ...(features.annotations && { annotations: { ...(!features.titles && { title }), ...annotations } }),
    ...(features.itemMeta &&
      largestAnswer !== undefined && { _meta: { [MAX_RESULT]: Math.min(largestAnswer, MOST_RESULT) } }),
  };
}

export function encodeToolResult(result: ToolResult, features: Features): JsonObject {
  const { structuredContent, json, isError, meta } = result;
  const content = result.content.map((block) => encodeContent(block, features));
  return {
    content:
      json && saysNothingElse(result.content, json)
        ? withJson(content, `[{"type":"text","text":${json.text}}]`)
        : content,
    ...(features.structuredContent &&
      structuredContent !== undefined && {
        structuredContent: json ? withJson(structuredContent, json.value) : structuredContent,
      }),
    ...(isError && { isError }),
    ...(meta !== undefined && { _meta: meta }), // every revision's results have it
  };
}

/** True if the content is the structured result as a text, and no more. */
function saysNothingElse([block, ...more]: ToolResult['content'], { value }: StructuredJson): boolean {
  return (
    more.length === 0 && block?.type === 'text' && block.text === value && !block.annotations && !block.meta
  );
}

export function encodeResource(resource: Resource, features: Features): JsonObject {
  const { uri, name, title, description, mimeType, size, annotations } = resource;
  return dropAbsent({
    uri,
    name,
    title: features.titles ? title : undefined,
    description,
    mimeType,
    size,
    ...annotationsOf(annotations, features),
  });
}

export function encodeResourceTemplate(template: ResourceTemplate, features: Features): JsonObject {
  const { uriTemplate, name, title, description, mimeType, annotations } = template;
  return dropAbsent({
    uriTemplate,
    name,
    title: features.titles ? title : undefined,
    description,
    mimeType,
    ...annotationsOf(annotations, features),
  });
}

export function encodePrompt(prompt: Prompt, features: Features): JsonObject {
  const title = (titled: { readonly title?: string }) => (features.titles ? titled.title : undefined);
  return dropAbsent({
    name: prompt.name,
    title: title(prompt),
    description: prompt.description,
    arguments: prompt.arguments.map((argument) =>
      dropAbsent({
        name: argument.name,
        title: title(argument),
        description: argument.description,
        required: argument.required || undefined,
      }),
    ),
  });
}

export function encodePromptResult({ description, messages }: PromptResult, features: Features): JsonObject {
  return dropAbsent({
    description,
    messages: messages.map(({ role, content }) => ({ role, content: encodeContent(content, features) })),
  });
}

export function encodeCompletion({ values, total, hasMore }: Completion): JsonObject {
  return { completion: { values, total, hasMore } };
}
