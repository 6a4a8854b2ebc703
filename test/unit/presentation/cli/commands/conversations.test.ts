import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { StoredConversations } from '../../../../../src/infrastructure/persistence/stored-conversations.ts';
import { runCli } from '../../../../../src/presentation/cli/run-cli.ts';
import { addTurn, openConversation, turnOf } from '../../../../support/sample-conversation.ts';
import { memoryStore } from '../../../../support/without-claude.ts';
import { RecordingTerminal } from '../recording-terminal.ts';
import { sampleServices } from '../sample-services.ts';

const test = suite('conversations');

/** Runs the command over two conversations, of two owners. */
async function run(...argv: string[]) {
  const store = memoryStore();
  const kept = new StoredConversations(store);
  for (const [id, owner] of [
    ['a', 'ada'],
    ['b', 'local'],
  ] as const) {
    const conversation = openConversation(id, owner, 'Be brief');
    addTurn(conversation, turnOf(`Hi from \u001b${owner}`));
    await kept.add(conversation);
  }
  const terminal = new RecordingTerminal({ shown: true });
  const services = sampleServices({ store });
  const { code } = await runCli(['conversations', ...argv], services, terminal);
  return {
    code,
    kept,
    store,
    requests: services.requests,
    output: terminal.output,
    messages: terminal.messages,
  };
}

test('the command lists everybody’s conversations, and closes what it opened', async () => {
  const { code, output, requests } = await run('list');
  assert.is(code, 0);
  const [heading, ...rows] = output.split('\n');
  assert.match(heading ?? '', /^ID +CHANGED +OWNER +MESSAGES +TOKENS +MODEL +TITLE$/);
  assert.equal(
    rows.map((row) => row.split(/ {2,}/)),
    [
      ['b', '2026-01-01T00:00:01.000Z', 'local', '2', '8', 'claude-a', 'Hi from local'],
      ['a', '2026-01-01T00:00:01.000Z', 'ada', '2', '8', 'claude-a', 'Hi from ada'],
    ],
  );
  assert.is(requests.at(-1), 'closed');
  const listed = JSON.parse((await run('list', '--json')).output);
  assert.equal(
    listed.map(({ id, owner }: { id: string; owner: string }) => [id, owner]),
    [
      ['b', 'local'],
      ['a', 'ada'],
    ],
  );
});

test('the command shows what was said, and exports all of it', async () => {
  const { output } = await run('show', 'a');
  assert.is(output, 'System: Be brief\n\nYou: Hi from ada\n\nclaude-a: To Hi from ada');
  const exported = JSON.parse((await run('export', 'a')).output);
  assert.equal([exported.id, exported.owner, exported.systemPrompt], ['a', 'ada', 'Be brief']);
  assert.equal(
    exported.messages.map(({ role }: { role: string }) => role),
    ['user', 'assistant'],
  );
});

test('the command deletes one conversation, and that is told', async () => {
  const { code, kept, store, messages } = await run('delete', 'a');
  assert.equal([code, messages], [0, 'Deleted a, and what was said in it']);
  assert.equal(
    (await kept.list(undefined, 10)).map(({ id }) => id as string),
    ['b'],
  );
  const events = await store.events({ types: ['ConversationDeleted'] }, undefined, 10);
  assert.equal(
    events.map(({ aggregate, payload }) => [aggregate, payload]),
    [
      [
        { type: 'conversation', id: 'a' },
        { conversationId: 'a', principal: 'local' },
      ],
    ],
  );
});

test('the command says where new conversations are, if not here', async () => {
  const run = async (count: number, ...argv: string[]) => {
    const store = memoryStore();
    for (let n = 0; n < count; n += 1) await new StoredConversations(store).add(openConversation(`${n}`));
    const terminal = new RecordingTerminal();
    await runCli(['conversations', ...argv], sampleServices({ store, keepsConversations: false }), terminal);
    return terminal;
  };
  const where = 'in the memory of their server only, until it ends (database.keep_conversations is false)';
  const none = `There is no conversation\nConversations are ${where}`;
  assert.is((await run(0, 'list')).messages, none);
  const some = await run(1, 'list', '--json');
  assert.is(JSON.parse(some.output).length, 1);
  assert.is(
    some.messages,
    `Conversations are ${where}; these were kept before, and stay until you delete them`,
  );
  for (const action of ['show', 'export', 'delete'])
    assert.ok(
      (await run(1, action, 'c')).messages.endsWith(`those that there are. Conversations are ${where}`),
    );
});

test('the command warns where what was said can stay in the file for a while', async () => {
  const store = memoryStore();
  await new StoredConversations(store).add(openConversation('a'));
  const terminal = new RecordingTerminal();
  const services = sampleServices({ store, purges: false });
  assert.is((await runCli(['conversations', 'delete', 'a'], services, terminal)).code, 0);
  assert.match(terminal.messages, /^Deleted a, .*\nwarning: Another process uses the file/);
});

const BEGUN = ['01a22e34-6f89-1', '01a22e34-6f89-2', '01a22e35-0000-1', 'other-id'];

/** Runs the command over conversations with longer ids. */
async function runOverBegun(...argv: string[]) {
  const store = memoryStore();
  const kept = new StoredConversations(store);
  for (const id of BEGUN) await kept.add(openConversation(id));
  const terminal = new RecordingTerminal();
  const { code } = await runCli(['conversations', ...argv], sampleServices({ store }), terminal);
  return { code, kept, output: terminal.output, messages: terminal.messages };
}

for (const [named, id] of [
  ['01a22e35', '01a22e35-0000-1'],
  ['other-', 'other-id'],
  ['01a22e34-6f89-1', '01a22e34-6f89-1'],
] as const)
  test(`"${named}" names ${id}`, async () => {
    assert.is(JSON.parse((await runOverBegun('export', named)).output).id, id);
    assert.is((await runOverBegun('show', named)).code, 0);
    const { kept, messages } = await runOverBegun('delete', named);
    assert.is(messages, `Deleted ${id}, and what was said in it`);
    assert.is((await kept.list(undefined, 10)).length, BEGUN.length - 1);
  });

for (const [named, message] of [
  [
    '01a22e34',
    'Several conversations begin with "01a22e34", give more of the id: 01a22e34-6f89-2, 01a22e34-6f89-1',
  ],
  ['01a22', 'There is no conversation "01a22"'],
  ['01a22e36', 'There is no conversation "01a22e36"'],
  ['ther-id', 'There is no conversation "ther-id"'],
  ['%%%%%%%', 'There is no conversation "%%%%%%%"'],
] as const)
  test(`"${named}" names no one conversation, and deletes none`, async () => {
    for (const action of ['show', 'export', 'delete']) {
      const { code, kept, messages } = await runOverBegun(action, named);
      assert.is(code, 1);
      assert.match(messages, message);
      assert.is((await kept.list(undefined, 10)).length, BEGUN.length);
    }
  });

test('the command names the copies that still have what was said', async () => {
  const store = memoryStore();
  await new StoredConversations(store).add(openConversation('a'));
  const terminal = new RecordingTerminal();
  const services = sampleServices({ store, copies: ['/state/one.db', '/state/two.db'] });
  assert.is((await runCli(['conversations', 'delete', 'a'], services, terminal)).code, 0);
  assert.equal(terminal.messages.split('\n'), [
    'Deleted a, and what was said in it',
    'warning: It is still in /state/one.db: delete that, too, unless you need it',
    'warning: It is still in /state/two.db: delete that, too, unless you need it',
  ]);
});

for (const [line, code, message] of [
  ['show c', 1, /There is no conversation "c"; "tfo-mcp conversations list"/],
  ['export c', 1, /There is no conversation "c"/],
  ['delete c', 1, /There is no conversation "c"/],
  [
    'lst',
    2,
    /Expected one of list, show, export, delete after "conversations", got "lst"; did you mean "list"\?/,
  ],
  ['show', 2, /Expected ID after "conversations show", got nothing/],
  ['list a', 2, /Expected nothing after "conversations list", got "a"/],
  ['export a --json', 2, /prints JSON by itself/],
] as const)
  test(`the command refuses "${line}"`, async () => {
    const ended = await run(...line.split(' '));
    assert.is(ended.code, code);
    assert.match(ended.messages, message);
  });

test.run();
