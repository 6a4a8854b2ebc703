import type { Frame } from '../../server-process.ts';
import type { Dialect } from './fake-model.ts';
import { sendEvents, sendWhole, textOf } from './stream.ts';
import type { Step, Turn } from './turns.ts';

/** OpenAI's Responses API. */
export const responses: Dialect = {
  path: /\/responses$/,
  read: ({ input = [], tools = [] }) => ({
    turns: typeof input === 'string' ? [{ user: input }] : input.flatMap(turnsOf),
    tools: tools.flatMap(namesOf),
  }),
  write(step, { body, response }) {
    const item = itemOf(step, body.tools ?? []);
    const whole = wholeOf(body.model, item);
    if (!body.stream) {
      sendWhole(response, whole);
      return;
    }
    const events = [
      { type: 'response.created', response: { ...whole, status: 'in_progress', output: [] } },
      { type: 'response.output_item.added', output_index: 0, item: { ...item, status: 'in_progress' } },
      { type: 'response.output_item.done', output_index: 0, item },
      { type: 'response.completed', response: whole },
    ];
    sendEvents(
      response,
      events.map((event, sequence_number) => ({ ...event, sequence_number })),
    );
  },
};

function turnsOf({ type, role, content, output, call_id }: Frame): Turn[] {
  if (/_output$/.test(type ?? '')) return [{ result: textOf(output), call: call_id }];
  return role === 'user' ? [{ user: textOf(content) }] : [];
}

/** Tools of one server may be in a namespace, which is named apart from them. */
function namesOf(tool: Frame): string[] {
  if (tool.type === 'namespace') return tool.tools.map(({ name }: Frame) => tool.name + name);
  return [tool.name ?? tool.type];
}

function itemOf(step: Step, tools: readonly Frame[]): Frame {
  if ('say' in step) {
    const content = [{ type: 'output_text', text: step.say, annotations: [] }];
    return { type: 'message', id: 'msg_1', status: 'completed', role: 'assistant', content };
  }
  const space = tools.find((tool) => tool.type === 'namespace' && namesOf(tool).includes(step.tool));
  const called = space
    ? { namespace: space.name, name: step.tool.slice(space.name.length) }
    : { name: step.tool };
  const ids = { id: `fc_${step.call}`, call_id: step.call };
  return {
    type: 'function_call',
    ...ids,
    status: 'completed',
    arguments: JSON.stringify(step.args),
    ...called,
  };
}

function wholeOf(model: string, item: Frame): Frame {
  const usage = { input_tokens: 10, output_tokens: 5, total_tokens: 15 };
  const details = {
    input_tokens_details: { cached_tokens: 0 },
    output_tokens_details: { reasoning_tokens: 0 },
  };
  const about = { id: 'resp_1', object: 'response', created_at: 1, status: 'completed', model };
  return { ...about, output: [item], tools: [], usage: { ...usage, ...details }, error: null };
}
