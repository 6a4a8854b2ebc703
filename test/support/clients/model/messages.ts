import type { Frame } from '../../server-process.ts';
import type { Dialect } from './fake-model.ts';
import { sendEvents, sendWhole, textOf } from './stream.ts';
import type { Step, Turn } from './turns.ts';

const usage = { input_tokens: 10, output_tokens: 5 };

/** Anthropic's Messages API. */
export const messages: Dialect = {
  path: /\/v1\/messages$/,
  read: ({ messages: said = [], tools = [] }) => ({
    turns: said.flatMap(turnsOf),
    tools: tools.map(({ name }: Frame) => name),
  }),
  write(step, { body, response }) {
    const block = blockOf(step);
    const reason = 'say' in step ? 'end_turn' : 'tool_use';
    const message = { id: 'msg_1', type: 'message', role: 'assistant', model: body.model, usage };
    if (!body.stream) {
      sendWhole(response, { ...message, content: [block], stop_reason: reason, stop_sequence: null });
      return;
    }
    const { empty, delta } = inPieces(step, block);
    sendEvents(response, [
      { type: 'message_start', message: { ...message, content: [], stop_reason: null, stop_sequence: null } },
      { type: 'content_block_start', index: 0, content_block: empty },
      { type: 'content_block_delta', index: 0, delta },
      { type: 'content_block_stop', index: 0 },
      { type: 'message_delta', delta: { stop_reason: reason, stop_sequence: null }, usage },
      { type: 'message_stop' },
    ]);
  },
};

function turnsOf({ role, content }: Frame): Turn[] {
  if (role !== 'user') return [];
  if (typeof content === 'string') return [{ user: content }];
  return content.flatMap((block: Frame): Turn[] => {
    if (block.type === 'tool_result') return [{ result: textOf(block.content), call: block.tool_use_id }];
    return block.type === 'text' ? [{ user: block.text }] : [];
  });
}

function blockOf(step: Step): Frame {
  if ('say' in step) return { type: 'text', text: step.say };
  return { type: 'tool_use', id: step.call, name: step.tool, input: step.args };
}

function inPieces(step: Step, block: Frame): { empty: Frame; delta: Frame } {
  if ('say' in step) return { empty: { ...block, text: '' }, delta: { type: 'text_delta', text: step.say } };
  const partial_json = JSON.stringify(step.args);
  return { empty: { ...block, input: {} }, delta: { type: 'input_json_delta', partial_json } };
}
