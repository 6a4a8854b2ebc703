import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { summarize } from '../../../../src/domain/conversation/conversation-summary.ts';
import { addTurn, openConversation, turnOf } from '../../../support/sample-conversation.ts';

const test = suite('conversation summary');

function titleOf(text: string): string {
  const conversation = openConversation('c');
  addTurn(conversation, turnOf(text));
  return summarize(conversation.snapshot()).title;
}

test('a summary counts what there is, and has no title while nothing is said', () => {
  const { title, messageCount, model, status } = summarize(openConversation('c').snapshot());
  assert.equal([title, messageCount, model, status], ['', 0, 'claude-a', 'open']);
});

test('a summary is called by how it began, on one line', () => {
  assert.is(titleOf(' What\n\tis  this? '), 'What is this?');
  assert.is(titleOf('x'.repeat(60)), 'x'.repeat(60));
  assert.is(titleOf('x'.repeat(61)), `${'x'.repeat(59)}…`);
});

test('a summary is cut between characters', () => {
  assert.is(titleOf('😀'.repeat(100)), `${'😀'.repeat(59)}…`);
  assert.not.match(titleOf(`${'x'.repeat(239)}😀`), /[\ud800-\udfff]/);
});

test.run();
