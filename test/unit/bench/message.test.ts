import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { answeredId, resultOf, textOf } from '../../bench/message.ts';

const test = suite('bench messages');

const long = 'x'.repeat(20_000);
const result = { content: [{ type: 'text', text: long }] };

test('the reader finds the id of an answer, short or long, wherever the server puts it', () => {
  const answers = [
    { jsonrpc: '2.0', id: 7, result: {} },
    { jsonrpc: '2.0', id: 7, result },
    { id: 7, jsonrpc: '2.0', result },
    { result, jsonrpc: '2.0', id: 7 },
    { result, id: 7, jsonrpc: '2.0' },
    { jsonrpc: '2.0', result, id: 7 },
    { jsonrpc: '2.0', id: 7, error: { code: -32603, message: long } },
  ];
  for (const answer of answers) assert.is(answeredId(Buffer.from(JSON.stringify(answer))), 7);
});

test('the reader takes no request, notification or other line for an answer', () => {
  const others = [
    JSON.stringify({ jsonrpc: '2.0', id: 7, method: 'ping' }),
    JSON.stringify({ jsonrpc: '2.0', id: 7, method: 'sampling/createMessage', params: { long } }),
    JSON.stringify({ method: 'sampling/createMessage', params: { long }, jsonrpc: '2.0', id: 7 }),
    JSON.stringify({ jsonrpc: '2.0', method: 'notifications/message', params: { data: long } }),
    JSON.stringify({ jsonrpc: '2.0', method: 'notifications/message', params: { long, id: 7 } }),
    'Listening',
    long,
  ];
  for (const line of others) assert.is(answeredId(Buffer.from(line)), undefined, line.slice(0, 80));
});

test('the reader reads a long answer as it reads a short one', () => {
  const line = Buffer.from(JSON.stringify({ jsonrpc: '2.0', id: 7, result }));
  assert.is(textOf(resultOf(line)), long);
  const error = { code: -32602, message: 'Unknown tool' };
  assert.throws(() => resultOf(Buffer.from(JSON.stringify({ id: 7, error }))), /^-32602 Unknown tool$/);
  assert.throws(() => resultOf(Buffer.from('Listening')), /^no result$/);
});

test.run();
