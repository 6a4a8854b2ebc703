import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { fullArguments } from '../../../../src/application/events/full-arguments.ts';

const test = suite('full-arguments');

const recorder = fullArguments(['hunter2hunter2']);

test('arguments are recorded as they came, but for secrets', () => {
  const given = { command: 'login hunter2hunter2', timeout: 5, env: { TOKEN: 'x' } };
  assert.equal(recorder.record(given, 'execute_command', 16_384), {
    arguments: { command: 'login ********', timeout: 5, env: { TOKEN: '********' } },
  });
});

test('those that are too long are cut, and told so', () => {
  const given = { path: '/a', content: 'x'.repeat(20_000) };
  assert.equal(recorder.record(given, 'write_file', 16_384), {
    arguments: { content: `${'x'.repeat(1024)}… (20000 characters)`, path: '/a' },
    argumentsCut: true,
  });
});

test('what is said in a conversation is not recorded: it can be deleted where that is kept', () => {
  const given = { message: 'a secret', system_prompt: 'another', conversation_id: 'c', massage: 'a third' };
  assert.equal(recorder.record(given, 'claude_conversation', 16_384).arguments, {
    message: '{…}',
    system_prompt: '{…}',
    conversation_id: 'c',
    massage: '{…}',
  });
});

test.run();
