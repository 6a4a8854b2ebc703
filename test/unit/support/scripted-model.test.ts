import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { nextStep, scriptOf, type Turn } from '../../support/clients/model/turns.ts';

const test = suite('the model that clients are tried with');

const calls = [
  { tool: 'echo', args: { message: 'a "quoted" word' } },
  { tool: 'read_file', args: { path: 'a.txt' } },
];
const asked: Turn = { user: `About this machine: …\n${scriptOf(calls)}` };
const first: Turn = { call: 'call_0', result: 'one' };
const second: Turn = { call: 'call_1', result: 'two' };
const tools = ['read_file', 'mcp__tfo__read_file', 'mcp__tfo__echo'];

test('the model makes the calls of the script in turn, of the tool that is ours', () => {
  const echo = { call: 'call_0', tool: 'mcp__tfo__echo', args: calls[0]?.args };
  assert.equal(nextStep({ turns: [asked], tools }), echo);
  const read = { call: 'call_1', tool: 'mcp__tfo__read_file', args: { path: 'a.txt' } };
  assert.equal(nextStep({ turns: [asked, first], tools }), read);
  assert.equal(nextStep({ turns: [asked, first], tools: ['read_file'] }), { ...read, tool: 'read_file' });
});

test('the model says all results when it has them, and none that it has not', () => {
  assert.equal(nextStep({ turns: [asked, first, second], tools }), { say: 'one\ntwo' });
  assert.equal(
    nextStep({ turns: [asked, first, second, asked], tools }),
    nextStep({ turns: [asked], tools }),
  );
  assert.equal(nextStep({ turns: [{ user: 'Hi' }], tools }), { say: 'Hello.' });
});

test('the model searches once for a tool that it is not offered, and then says that there is none', () => {
  const search = nextStep({ turns: [asked], tools: ['ToolSearch'] });
  assert.equal(search, { call: 'search_0', tool: 'ToolSearch', args: { query: '+tfo echo' } });
  const found: Turn = { call: 'search_0', result: 'found' };
  assert.is((nextStep({ turns: [asked, found], tools }) as { tool: string }).tool, 'mcp__tfo__echo');
  const none = { say: 'No tool echo among ToolSearch' };
  assert.equal(nextStep({ turns: [asked, found], tools: ['ToolSearch'] }), none);
  assert.equal(nextStep({ turns: [asked], tools: [] }), { say: 'No tool echo among ' });
});

test.run();
