import { fenced } from '../../domain/prompt/code-fence.ts';
import type { PromptDefinition } from './define-prompt.ts';
import {
  codeArgument,
  completeLanguage,
  describedCode,
  languageArgument,
  requireText,
} from './prompt-arguments.ts';

export const codeReviewPrompt = (): PromptDefinition => ({
  prompt: {
    name: 'code_review',
    title: 'Code review',
    description: 'Reviews code: what is wrong with it, how much that matters, and how to put it right',
    arguments: [codeArgument('The code to review'), languageArgument],
  },
  async get(args) {
    const code = requireText(args, 'code');
    const { language, phrase } = describedCode(args);
    const text = `Review ${phrase}.

${fenced(code, language)}

Look at:
1. Correctness: wrong results, unhandled cases and errors, races, resources that are never released
2. Security: input that is trusted, injection, secrets, unsafe defaults
3. Performance: work, memory and input or output that can be avoided
4. Clarity: names, structure, duplication, comments that mislead
5. Tests: what should be tested and can't be, or isn't

List what you find by importance. For each finding name the place, say what goes wrong and when, and show the corrected code. \
Tell what is certain from what you suspect, and name any context you miss. If the code is sound, say so instead of looking for something to criticise.`;
    return {
      description: `A review of ${phrase}`,
      messages: [{ role: 'user', content: { type: 'text', text } }],
    };
  },
  complete: { language: completeLanguage },
});
