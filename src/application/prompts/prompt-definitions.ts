import { codeReviewPrompt } from './code-review.ts';
import { debugHelpPrompt } from './debug-help.ts';
import type { PromptDefinition } from './define-prompt.ts';
import { explainCodePrompt } from './explain-code.ts';

/** The prompts of this server, in the order in which they are listed. */
export const promptDefinitions = (): readonly PromptDefinition[] => [
  codeReviewPrompt(),
  explainCodePrompt(),
  debugHelpPrompt(),
];
