import { fenced } from '../../domain/prompt/code-fence.ts';
import type { PromptDefinition } from './define-prompt.ts';
import {
  codeArgument,
  completeLanguage,
  describedCode,
  languageArgument,
  requireText,
} from './prompt-arguments.ts';

export const debugHelpPrompt = (): PromptDefinition => ({
  prompt: {
    name: 'debug_help',
    title: 'Debugging help',
    description: 'Finds out why code fails with an error, and how to mend it',
    arguments: [
      codeArgument('The code that fails'),
      {
        name: 'error',
        title: 'Error',
        description: 'The error as it was shown, with its stack trace if there is one',
        required: true,
      },
      languageArgument,
    ],
  },
  async get(args) {
    const code = requireText(args, 'code');
    const error = requireText(args, 'error');
    const { language, phrase } = describedCode(args);
    const text = `Help me to debug ${phrase}.

${fenced(code, language)}

It fails with:

${fenced(error)}

Tell me:
1. What the error means, here
2. Its cause: the line or the assumption that is wrong, and how it leads to this error; if there are several candidates, how to tell them apart
3. The fix, as corrected code with the smallest change that removes the cause
4. How to check the fix, and how to keep this from happening again

If the code shown can't be the cause, say so and name what you need to see.`;
    return {
      description: `Help with an error of ${phrase}`,
      messages: [{ role: 'user', content: { type: 'text', text } }],
    };
  },
  complete: { language: completeLanguage },
});
