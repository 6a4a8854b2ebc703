import type { AnthropicReply } from './anthropic-replies.ts';
import type { Frame } from './server-process.ts';

/** Streams these events, as they are. */
export function sendEvents(...events: readonly unknown[]): AnthropicReply {
  return ({ response }) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const event of events) {
      const type = (event as Frame | null)?.type ?? 'message_delta';
      const data = typeof event === 'string' ? event : JSON.stringify(event);
      response.write(`event: ${typeof type === 'string' ? type : 'message_delta'}\ndata: ${data}\n\n`);
    }
    response.end();
  };
}

const usage = { input_tokens: 3, output_tokens: 1 };
const message = { id: 'm', type: 'message', role: 'assistant', model: 'claude-x', content: [], usage };
export const start = (more: object = {}) => ({ type: 'message_start', message: { ...message, ...more } });
const begun = (content_block: unknown, index = 0) => ({ type: 'content_block_start', index, content_block });
const delta = (piece: unknown, index: unknown = 0) => ({ type: 'content_block_delta', index, delta: piece });
const textDelta = (text: unknown, index: unknown = 0) => delta({ type: 'text_delta', text }, index);
export const text = [
  begun({ type: 'text', text: '' }),
  textDelta('Ghost'),
  { type: 'content_block_stop', index: 0 },
];
const reason = (stop_reason: unknown = 'end_turn', counts: unknown = { output_tokens: 5 }) => ({
  type: 'message_delta',
  delta: { stop_reason, stop_sequence: null },
  usage: counts,
});
const end = { type: 'message_stop' };
export const stop = (stopReason?: unknown, counts?: unknown) => [reason(stopReason, counts), end];

const tool = { type: 'tool_use', id: 't1', name: 'exec', input: {} };
const json = (partial_json: unknown) => delta({ type: 'input_json_delta', partial_json });
const nested = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
const deepBlock = (levels: number) =>
  `{"type":"content_block_start","index":0,"content_block":{"type":"new","a":${nested(levels)}}}`;

const model = (given: unknown): [unknown[], RegExp] => [
  [start({ model: given }), ...text, ...stop()],
  /expected "message\.model" to be a name, got /,
];
const counted = (given: unknown): [unknown[], RegExp] => [
  [start({ usage: { ...usage, input_tokens: given } }), ...text, ...stop()],
  /expected "message\.usage\.input_tokens" to be a number of tokens up to 1000000000, got /,
];
const countedAtEnd = (given: unknown): [unknown[], RegExp] => [
  [start(), ...text, ...stop('end_turn', { output_tokens: given })],
  /expected "usage\.output_tokens" to be a number of tokens up to 1000000000, got /,
];
const block = (given: unknown, words: RegExp): [unknown[], RegExp] => [
  [start(), begun(given), ...stop()],
  words,
];
const piece = (given: unknown, words: RegExp): [unknown[], RegExp] => [
  [start(), begun({ type: 'text', text: '' }), given, ...stop()],
  words,
];
const toolInput = (given: unknown, words: RegExp): [unknown[], RegExp] => [
  [start(), begun(tool), json(given), ...stop('tool_use')],
  words,
];

/** Answers that the Messages API never gives, and what a caller is told of them. */
export const wrongAnswers: Readonly<Record<string, readonly [events: readonly unknown[], words: RegExp]>> = {
  'no model': model(undefined),
  'a model that is null': model(null),
  'a model that is a number': model(5),
  'an empty model': model(''),
  'a model that is an object': model({}),
  'no message': [
    [{ type: 'message_start' }, ...text, ...stop()],
    /expected "message" to be an object, got nothing/,
  ],
  'a message that is null': [
    [{ type: 'message_start', message: null }],
    /"message" to be an object, got null/,
  ],
  'two beginnings': [[start(), start(), ...text, ...stop()], /expected one "message_start", got another/],
  'no beginning': [[...text, ...stop()], /expected "message_start", got the end/],
  'usage that is a string': [[start({ usage: 'x' }), ...text, ...stop()], /"message\.usage" to be an object/],
  'usage that is an array': [[start({ usage: [] }), ...text, ...stop()], /"message\.usage" to be an object/],
  'usage at the end that is a number': [
    [start(), ...text, ...stop('end_turn', 5)],
    /"usage" to be an object, got 5/,
  ],
  'a count that is a string': counted('3'),
  'a count that is an object': counted({}),
  'a count that is a part': counted(1.5),
  'a count below zero': counted(-1_000_000_000),
  'a count that no model reaches': counted(1e15),
  'a count that is hardly a number': counted(1e308),
  'a last count that is a string': countedAtEnd('x'),
  'a last count that is hardly a number': countedAtEnd(1e308),
  'an event that is null': [[start(), ...text, 'null'], /expected "event" to be an object, got null/],
  'an event that is a number': [[start(), ...text, '5'], /expected "event" to be an object, got 5/],
  'an event that is no JSON': [[start(), ...text, '{'], /something else: check/],
  'a block that is null': block(null, /"content_block" to be an object, got null/),
  'a block that is a string': block('x', /"content_block" to be an object, got a string/),
  'a block that is an array': block([], /"content_block" to be an object, got an array/),
  'a block without a type': block({ text: 'x' }, /"content_block\.type" to be a name, got nothing/),
  'a block whose type is a number': block({ type: 5 }, /"content_block\.type" to be a name, got 5/),
  'a text that begins as a number': block(
    { type: 'text', text: 5 },
    /"content_block\.text" to be a string, got 5/,
  ),
  'a piece that is null': piece(delta(null), /"delta" to be an object, got null/),
  'a piece of text that is a number': piece(textDelta(5), /"delta\.text" to be a string, got 5/),
  'a piece of text that is missing': piece(textDelta(undefined), /"delta\.text" to be a string, got nothing/),
  'a piece of text that is an object': piece(textDelta({}), /"delta\.text" to be a string, got an object/),
  'a piece of no block': piece(textDelta('x', 7), /"index" to be that of a block that began/),
  'a piece of a block before the first': piece(textDelta('x', -1), /"index" to be that of a block/),
  'a piece of a block by name': piece(textDelta('x', 'length'), /"index" to be that of a block/),
  'thinking that is a number': [
    [
      start(),
      begun({ type: 'thinking', thinking: '' }),
      delta({ type: 'thinking_delta', thinking: 5 }),
      ...stop(),
    ],
    /"delta\.thinking" to be a string, got 5/,
  ],
  'an end that is null': [
    [start(), ...text, { type: 'message_delta', delta: null }, end],
    /"delta" to be an object/,
  ],
  'no reason for the end': [
    [start(), ...text, ...stop(null)],
    /"delta\.stop_reason" to be a name, got nothing/,
  ],
  'a reason for the end that is a number': [
    [start(), ...text, ...stop(5)],
    /"delta\.stop_reason" to be a name, got 5/,
  ],
  'a block of 20,000 levels': [
    [start(), deepBlock(20_000), ...stop()],
    /"content_block" to have at most 512 levels/,
  ],
  'a block of 600 levels': [
    [start(), deepBlock(600), ...stop()],
    /"content_block" to have at most 512 levels/,
  ],
  'a tool’s input of 100,000 levels': toolInput(
    '['.repeat(100_000),
    /"delta\.partial_json" to have at most 512 levels/,
  ),
  'a tool’s input of 600 levels': toolInput(nested(600), /"delta\.partial_json" to have at most 512 levels/),
  'a tool’s input that is an array': toolInput('[]', /"delta\.partial_json" to be an object, got an array/),
  'a tool’s input that breaks off': toolInput('{"a', /"delta\.partial_json" to be JSON/),
  'a tool’s input in no pieces': toolInput(5, /"delta\.partial_json" to be a string, got 5/),
  'a tool without a name': block(
    { ...tool, name: undefined },
    /"content_block\.name" to be a name, got nothing/,
  ),
  'a tool whose id is a number': block({ ...tool, id: 5 }, /"content_block\.id" to be a name, got 5/),
  'a tool whose input is null': block(
    { ...tool, input: null },
    /"content_block\.input" to be an object, got null/,
  ),
};

/** Answers that want a tool used. */
export const toolAnswers: Readonly<Record<string, readonly unknown[]>> = {
  'a tool': [start(), begun(tool), ...stop('tool_use')],
  'a tool behind some text': [start(), ...text, begun(tool, 1), ...stop('tool_use')],
  'a tool without saying so': [start(), begun(tool), ...stop('end_turn')],
  'a tool that is not there': [start(), ...text, ...stop('tool_use')],
  'a tool of the API whose result is not there': [
    start(),
    ...text,
    begun({ ...tool, type: 'server_tool_use' }, 1),
    ...stop('pause_turn'),
  ],
};
