import type { Prompt, PromptResult } from '../../domain/prompt/prompt.ts';
import type { Completer } from '../completer.ts';
import type { RequestContext } from '../request-context.ts';

/** A prompt, how it is written and how its arguments are completed. */
export interface PromptDefinition {
  readonly prompt: Prompt;
  /** Required arguments are present, unknown ones are not. */
  get(args: Readonly<Record<string, string>>, context: RequestContext): Promise<PromptResult>;
  readonly complete?: Readonly<Record<string, Completer>>;
}
