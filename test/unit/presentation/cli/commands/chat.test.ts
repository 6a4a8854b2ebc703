import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { DomainError } from '../../../../../src/domain/shared/domain-error.ts';
import { chat } from '../../../../../src/presentation/cli/commands/chat.ts';
import { failureOf } from '../../../../support/failure.ts';
import { replyOf, ScriptedClaude } from '../../../application/conversations/scripted-claude.ts';
import { TypedInput } from '../chat/typed-input.ts';
import { RecordingTerminal } from '../recording-terminal.ts';
import { sampleServices } from '../sample-services.ts';

const test = suite('chat');

interface Talk {
  readonly claude?: ScriptedClaude;
  readonly interactive?: boolean;
  readonly interrupted?: AbortSignal;
  readonly input?: TypedInput;
}

async function talk(lines: readonly string[], given: Talk = {}) {
  const { claude = new ScriptedClaude(), interactive = false, input = new TypedInput(lines) } = given;
  const terminal = new RecordingTerminal({ interactive, shown: interactive, input });
  const { interrupted = new AbortController().signal } = given;
  const code = await chat(
    { command: 'chat', request: {} },
    sampleServices({ claude }),
    terminal,
    interrupted,
  );
  assert.ok(input.isClosed);
  return { code, claude, output: terminal.printed.join('|'), messages: terminal.messages };
}

/** An answer that comes when the test lets it, or never when it is stopped. */
function heldReply(claude: ScriptedClaude): { readonly begun: Promise<void> } {
  const { promise: begun, resolve } = Promise.withResolvers<void>();
  claude.replies.push(
    (_request, { signal, onText }) =>
      new Promise((_answer, reject) => {
        onText?.('So far');
        signal.addEventListener('abort', () => reject(signal.reason));
        resolve();
      }),
  );
  return { begun };
}

test('each line is a message of one conversation, blank ones are none', async () => {
  const { code, claude, output, messages } = await talk(['Hi', '', '  ', ' And? ']);
  assert.equal([code, output, messages], [0, 'Answer 1|Answer 2', '']);
  assert.equal(
    claude.requests.at(-1)?.messages.map(({ content: [block] }) => block?.type === 'text' && block.text),
    ['Hi', 'Answer 1', 'And?'],
  );
});

test('the chat prints the answer as it comes, once, with a line end', async () => {
  const claude = new ScriptedClaude();
  claude.replies.push(async (_request, { onText }) => {
    for (const piece of ['One', ', ', 'two']) onText?.(piece);
    return replyOf('One, two');
  });
  const { output } = await talk(['Hi'], { claude });
  assert.is(output, 'One|, two|\n');
});

test('what is said must not steer a terminal', async () => {
  const claude = new ScriptedClaude();
  claude.replies.push(async () => replyOf('a\u001b[2Jb\u009bc\td\ne'));
  const { output } = await talk(['Hi'], { claude, interactive: true });
  assert.is(output, 'a[2Jbc\td\ne');
});

test('the chat welcomes a person, and nobody else', async () => {
  assert.match((await talk([], { interactive: true })).messages, '/help');
  assert.is((await talk([])).messages, '');
});

test('the chat fails where a piped message was not answered, and asks the next all the same', async () => {
  const claude = new ScriptedClaude();
  claude.replies.push(() => Promise.reject(new DomainError('claude.overloaded', 'unavailable', 'Too busy')));
  const piped = await talk(['Hi', 'Hi again'], { claude });
  assert.equal([piped.code, piped.output, piped.messages], [1, 'Answer 2', 'error: Too busy']);
  assert.is(claude.requests[1]?.messages.length, 1);
  claude.replies.push(() => Promise.reject(new DomainError('claude.overloaded', 'unavailable', 'Too busy')));
  assert.is((await talk(['Hi'], { claude, interactive: true })).code, 0);
});

test('the chat goes from one conversation to another, lists and shows them', async () => {
  const { claude, output, messages } = await talk([
    '/list',
    'First',
    '/new',
    'Second',
    '/list',
    '/switch 2',
    'More',
    '/show',
    '/show 2',
  ]);
  const [none, , , list, , shown, second] = output.split('|');
  assert.is(none, 'There is no conversation yet');
  assert.equal(list?.split('\n'), [
    '* 1  2 messages  8 tokens  claude-test  Second',
    '  2  2 messages  8 tokens  claude-test  First',
  ]);
  assert.match(messages, /^The next message continues conversation id-/);
  assert.is(claude.requests[2]?.messages.length, 3);
  assert.is(shown, 'You: First\n\nclaude-answering: Answer 1\n\nYou: More\n\nclaude-answering: Answer 3');
  assert.match(second ?? '', /^You: (?:First|Second)\n/);
});

test('the chat says what it does not understand', async () => {
  const { code, messages, claude } = await talk(['/lst', '/xyzzy', '/switch', '/switch 5', '/show x']);
  assert.is(code, 1);
  assert.equal(claude.requests, []);
  assert.equal(messages.split('\n'), [
    'error: Unknown command "/lst"; did you mean "list"?',
    'error: Unknown command "/xyzzy"; /help shows what there is',
    'error: Expected the number of a conversation in /list (there is none yet), got none',
    'error: Expected the number of a conversation in /list (there is none yet), got "5"',
    'error: Expected the number of a conversation in /list (there is none yet), got "x"',
  ]);
});

test('the chat takes a path for a message', async () => {
  const { claude } = await talk(['/etc/hosts has what in it?', '/etc/hosts']);
  assert.is(claude.requests.length, 2);
});

test('/exit leaves, too', async () => {
  const { code, claude, messages } = await talk(['/exit', 'Hi']);
  assert.equal([code, claude.requests.length, messages], [0, 0, '']);
});

test('/quit leaves, /help helps, /show of nothing says so', async () => {
  const { code, claude, output, messages } = await talk(['/HELP', '/show', '/quit', 'Hi']);
  assert.equal([code, claude.requests.length], [0, 0]);
  for (const name of ['/list', '/show', '/switch', '/new', '/help', '/quit', 'Ctrl-C'])
    assert.match(output, name);
  assert.is(messages, 'This conversation has not begun');
});

test('Ctrl-C stops the answer, and nothing was said', async () => {
  const claude = new ScriptedClaude();
  const { begun } = heldReply(claude);
  const input = new TypedInput(['Hi', 'Hi again']);
  void begun.then(() => input.interrupt());
  const { code, output, messages } = await talk([], { claude, input, interactive: true });
  assert.is(code, 0);
  assert.is(output, 'So far|\n|Answer 2');
  assert.match(messages, 'Stopped; nothing was added');
  assert.is(claude.requests[1]?.messages.length, 1);
});

test('Ctrl-C is no failure of the answer', async () => {
  const claude = new ScriptedClaude();
  const input = new TypedInput(['Hi']);
  claude.replies.push(() => {
    input.interrupt();
    return Promise.reject(new DomainError('claude.network', 'unavailable', 'It broke off'));
  });
  const { messages } = await talk([], { claude, input });
  assert.is(messages, 'Stopped; nothing was added');
});

test('a second Ctrl-C leaves', async () => {
  const claude = new ScriptedClaude();
  const { begun } = heldReply(claude);
  const input = new TypedInput(['Hi', 'Never said']);
  void begun.then(() => {
    input.interrupt();
    input.interrupt();
  });
  const { code } = await talk([], { claude, input });
  assert.equal([code, claude.requests.length], [130, 1]);
});

test('Ctrl-C between answers leaves', async () => {
  const input: TypedInput = new TypedInput(['Hi', () => input.interrupt(), 'Never said']);
  const { code, claude } = await talk([], { input });
  assert.equal([code, claude.requests.length], [130, 1]);
});

test('the chat is stopped from outside while an answer comes', async () => {
  const claude = new ScriptedClaude();
  const { begun } = heldReply(claude);
  const outside = new AbortController();
  void begun.then(() => outside.abort(new Error('SIGTERM')));
  const { code } = await talk(['Hi', 'Never said'], { claude, interrupted: outside.signal });
  assert.equal([code, claude.requests.length], [130, 1]);
});

test('the chat says that the tool is switched off', async () => {
  const terminal = new RecordingTerminal();
  const never = new AbortController().signal;
  const failure = await failureOf(chat({ command: 'chat', request: {} }, sampleServices(), terminal, never));
  assert.match(failure.message, 'switched off');
});

test.run();
