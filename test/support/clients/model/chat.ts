import type { Frame } from '../../server-process.ts';
import type { Dialect } from './fake-model.ts';
import { sendEvents, sendWhole, textOf } from './stream.ts';
import type { Step, Turn } from './turns.ts';

const usage = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 };

/** OpenAI's Chat Completions API. */
export const chat: Dialect = {
  path: /\/chat\/completions$/,
  read: ({ messages = [], tools = [] }) => ({
    turns: messages.flatMap(turnsOf),
    tools: tools.map((tool: Frame) => tool.function.name),
  }),
  write(step, { body, response }) {
    const answer = { id: 'chatcmpl_1', created: 1, model: body.model };
    const message = messageOf(step);
    const finish_reason = 'say' in step ? 'stop' : 'tool_calls';
    if (!body.stream) {
      const choices = [{ index: 0, message, finish_reason }];
      sendWhole(response, { ...answer, object: 'chat.completion', choices, usage });
      return;
    }
    const chunk = (delta: Frame, end: string | null = null) => ({
      ...answer,
      object: 'chat.completion.chunk',
      choices: [{ index: 0, delta, finish_reason: end }],
    });
    const last = { ...answer, object: 'chat.completion.chunk', choices: [], usage };
    sendEvents(response, [chunk(message), chunk({}, finish_reason), last, '[DONE]']);
  },
};

function turnsOf({ role, content, tool_call_id }: Frame): Turn[] {
  if (role === 'tool') return [{ result: textOf(content), call: tool_call_id }];
  return role === 'user' ? [{ user: textOf(content) }] : [];
}

function messageOf(step: Step): Frame {
  if ('say' in step) return { role: 'assistant', content: step.say };
  const called = { name: step.tool, arguments: JSON.stringify(step.args) };
  const tool_calls = [{ index: 0, id: step.call, type: 'function', function: called }];
  return { role: 'assistant', content: null, tool_calls };
}
