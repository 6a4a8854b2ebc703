import type { FinishedDescription } from '../application/tools/define/deferred-tool.ts';
import type { ToolLimits } from '../application/tools/tool-limits.ts';

/**
 * The tools' descriptions by name, as far as they are finished for these limits. The sources as they are have none, and every
 * tool is loaded to be listed. In the bundle this module is replaced by one that has those for the default limits
 * (build/finished-descriptions.ts): a client's first question is what tools there are, and loading them costs two milliseconds.
 * So a description may depend on no other configuration than these limits.
 */
export const finishedDescriptions = (
  _limits: ToolLimits,
): Readonly<Record<string, FinishedDescription>> => ({});
