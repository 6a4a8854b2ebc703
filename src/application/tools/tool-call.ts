import type { JsonObject } from '../../domain/shared/json.ts';
import type { ToolDefinition } from './define/define-tool.ts';

/** One call of a tool, on its way through the pipeline. */
export interface ToolCall {
  readonly name: string;
  readonly arguments: JsonObject;
  /** Looked up once, where the call comes in; undefined when no tool has this name. */
  readonly definition: ToolDefinition | undefined;
}
