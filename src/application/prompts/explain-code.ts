import { fenced } from '../../domain/prompt/code-fence.ts';
import { shorten } from '../../domain/text/utf8.ts';
import { completeFrom } from '../completer.ts';
import type { PromptDefinition } from './define-prompt.ts';
import {
  argumentsInvalid,
  codeArgument,
  completeLanguage,
  describedCode,
  languageArgument,
  requireText,
} from './prompt-arguments.ts';

/** The wishes of each level. */
const levels = {
  brief: 'Explain in two or three sentences what it is for and how it does it.',
  medium: `Explain:
- What it is for, and what goes in and comes out
- How it works, step by step
- What it relies on, and what isn't obvious`,
  detailed: `Explain, for someone who will have to change it:
- What it is for, and what goes in and comes out
- How it works, part by part, and why it is done this way
- The data structures, algorithms and idioms in it, and what they cost
- What it relies on: libraries, state, order, assumptions
- Edge cases and errors, and what happens then
- What isn't obvious, and where a change would be risky`,
} as const;

type Level = keyof typeof levels;

const names = Object.keys(levels) as Level[];

export const explainCodePrompt = (): PromptDefinition => ({
  prompt: {
    name: 'explain_code',
    title: 'Explain code',
    description: 'Explains what code does and how, as briefly or as thoroughly as you like',
    arguments: [
      codeArgument('The code to explain'),
      languageArgument,
      {
        name: 'detail_level',
        title: 'Level of detail',
        description: 'How much to explain: brief, medium (default) or detailed',
        required: false,
      },
    ],
  },
  async get(args) {
    const code = requireText(args, 'code');
    const level = levelOf(args['detail_level']);
    const { language, phrase } = describedCode(args);
    const text = `Explain ${phrase}.

${fenced(code, language)}

${levels[level]}

Stay with what the code says; where its purpose can only be guessed, say that it is a guess.`;
    return {
      description: `A ${level} explanation of ${phrase}`,
      messages: [{ role: 'user', content: { type: 'text', text } }],
    };
  },
  complete: { language: completeLanguage, detail_level: completeFrom(names) },
});

/** Clients that show a form send an empty string for what was left out. */
function levelOf(given = ''): Level {
  const wanted = given.trim().toLowerCase() || 'medium';
  const level = names.find((name) => name === wanted);
  if (level !== undefined) return level;
  throw argumentsInvalid(
    `Expected "detail_level" to be brief, medium or detailed, got "${shorten(given, 80)}"`,
  );
}
