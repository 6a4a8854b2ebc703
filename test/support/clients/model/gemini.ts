import type { Frame } from '../../server-process.ts';
import type { Dialect } from './fake-model.ts';
import { sendEvents, sendWhole } from './stream.ts';
import type { Step, Turn } from './turns.ts';

/** Gemini's API. */
export const gemini: Dialect = {
  path: /:(generateContent|streamGenerateContent)$/,
  read: ({ contents = [], tools = [] }) => ({
    turns: contents.flatMap(turnsOf),
    tools: tools.flatMap(({ functionDeclarations = [] }: Frame) =>
      functionDeclarations.map(({ name }: Frame) => name),
    ),
  }),
  write(step, { path, response }) {
    const candidate = { index: 0, content: { role: 'model', parts: [partOf(step)] }, finishReason: 'STOP' };
    const usageMetadata = { promptTokenCount: 10, candidatesTokenCount: 5, totalTokenCount: 15 };
    const answer = { candidates: [candidate], usageMetadata, modelVersion: 'fake', responseId: 'resp_1' };
    if (path.endsWith(':generateContent')) sendWhole(response, answer);
    else sendEvents(response, [answer]);
  },
};

function turnsOf({ role, parts = [] }: Frame): Turn[] {
  if (role === 'model') return [];
  return parts.flatMap(({ text, functionResponse }: Frame): Turn[] => {
    if (functionResponse) {
      const { id = '', response } = functionResponse;
      return [{ result: response.output ?? JSON.stringify(response), call: id }];
    }
    return text === undefined ? [] : [{ user: text }];
  });
}

function partOf(step: Step): Frame {
  if ('say' in step) return { text: step.say };
  return { functionCall: { id: step.call, name: step.tool, args: step.args } };
}
