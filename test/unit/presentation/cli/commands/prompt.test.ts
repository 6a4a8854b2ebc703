import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { PromptDefinition } from '../../../../../src/application/prompts/define-prompt.ts';
import { prompt } from '../../../../../src/presentation/cli/commands/prompt.ts';
import { failureOf } from '../../../../support/failure.ts';
import { RecordingTerminal } from '../recording-terminal.ts';
import { sampleServices } from '../sample-services.ts';

const test = suite('prompt');

const never = new AbortController().signal;

const sample: PromptDefinition = {
  prompt: {
    name: 'explain',
    description: 'For tests',
    arguments: [
      { name: 'code', description: 'Code', required: true },
      { name: 'language', description: 'Language', required: false },
    ],
  },
  get: async ({ code, language }) => ({
    messages: [
      { role: 'user', content: { type: 'text', text: `${code} ${language ?? '?'}` } },
      { role: 'assistant', content: { type: 'image', data: 'AP8=', mimeType: 'image/png' } },
    ],
  }),
};

async function run(line: string, json = false) {
  const terminal = new RecordingTerminal();
  const [name = '', ...words] = line.split(' ');
  const services = sampleServices({ prompts: [sample] });
  const invocation = { command: 'prompt', request: {}, json, prompt: name, words } as const;
  const code = await prompt(invocation, services, terminal, never);
  return { code, output: terminal.output, messages: terminal.messages };
}

test('the command prints what the prompt says, and describes what a terminal can not show', async () => {
  assert.equal(await run('explain code=a=b'), {
    code: 0,
    output: 'a=b ?',
    messages: 'image: image/png, 2 bytes; --json prints it',
  });
});

test('the command prints all of it as JSON', async () => {
  const { messages } = JSON.parse((await run('explain code=x language=c', true)).output);
  assert.equal(messages[0], { role: 'user', content: { type: 'text', text: 'x c' } });
  assert.is(messages.length, 2);
});

const refused: Record<string, [name: string, message: string]> = {
  'explian code=x': ['UsageError', 'Unknown prompt "explian"; did you mean "explain"?'],
  other: ['UsageError', 'Unknown prompt "other"; there are explain'],
  'explain x': ['UsageError', 'Expected an argument as KEY=VALUE, got "x"'],
  'explain code=x code=y': ['UsageError', 'Expected "code" once, got it twice'],
  'explain code=x languge=c': [
    'UsageError',
    '"explain" has no argument "languge"; did you mean "language"? (it takes code=... [language=...])',
  ],
  explain: ['DomainError', `The arguments of prompt "explain" don't fit: "code" is required`],
};

for (const [line, expected] of Object.entries(refused)) {
  test(`the command refuses "${line}"`, async () => {
    const error = await failureOf(run(line));
    assert.equal([error.name, error.message], expected);
  });
}

test.run();
