import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { failureOf } from '../support/failure.ts';
import { parseTranscript, play } from '../support/transcript.ts';

const test = suite('transcript player');

const ping = '> {"jsonrpc": "2.0", "id": 1, "method": "ping"}';
const pong = '< {"jsonrpc": "2.0", "id": 1, "result": {}}';
const stage = { kind: 'fixture', transport: 'stdio' } as const;
const playing = (...lines: string[]) => play(parseTranscript(['server fixture', ...lines].join('\n')), stage);

const failure = async (...lines: string[]): Promise<string> => (await failureOf(playing(...lines))).message;

test('the player reads comments, directives, continued lines and alternatives in order', () => {
  const text =
    '# why\nserver fixture {"pageSize": 2}\non http stdio\n\nlet a = 1\n> {"a":\n    1}\n< 1\n& 2\n';
  assert.equal(parseTranscript(text), {
    server: 'fixture',
    settings: { pageSize: 2 },
    transports: ['http', 'stdio'],
    steps: [
      { line: 5, kind: 'let', texts: ['a = 1'] },
      { line: 6, kind: 'send', texts: ['{"a": 1}'] },
      { line: 8, kind: 'receive', texts: ['1', '2'] },
    ],
  });
});

test('the player refuses what it can not read, with the line', () => {
  assert.throws(() => parseTranscript('server fixture\n? {}'), /Line 2: expected/);
  assert.throws(() => parseTranscript('server other'), /Line 1: expected/);
  assert.throws(() => parseTranscript('server fixture\non paper'), /Line 2: expected stdio, .* got "paper"/);
  assert.throws(() => parseTranscript('server fixture\n& {}'), /Line 2: expected/);
  assert.throws(() => parseTranscript('> {}'), /Expected a line "server/);
});

test('the player plays what fits, and resolves with what was sent', async () => {
  assert.equal(await playing(ping, pong), [{ jsonrpc: '2.0', id: 1, method: 'ping' }]);
});

test('frames joined by "&" may come in any order', async () => {
  const two = '{"jsonrpc": "2.0", "id": 2, "result": {}}';
  await playing(ping, '> {"jsonrpc": "2.0", "id": 2, "method": "ping"}', `< ${two}`, `& ${pong.slice(2)}`);
  assert.match(
    await failure(ping, '> {"jsonrpc": "2.0", "id": 2, "method": "ping"}', `< ${two}`, `& ${two}`),
    /frame.id: expected 2, got 1/,
  );
});

test('the player fails at the line where a frame is another one', async () => {
  assert.match(
    await failure(ping, '< {"jsonrpc": "2.0", "id": 2, "result": {}}'),
    /^Line 3: frame.id: expected 2, got 1/,
  );
});

test('the player fails when something comes that is not in the transcript', async () => {
  assert.match(await failure(ping), /Expected nothing more, got/);
  assert.match(await failure('> 42', '< (nothing)'), /^Line 3: Expected nothing, got .*-32600/);
});

test('the player fails when nothing comes where something should, with what the server said instead', async () => {
  assert.match(await failure('> (end of input)', pong), /^Line 3: Expected a frame, got nothing/);
});

test('the player fails when the process ends with another code', async () => {
  assert.match(await failure('> (end of input)', '< (exit 1)'), /^Line 3: Expected exit code 1/);
});

test('the player fails for a frame that fits its pattern and breaks its schema', async () => {
  const nameless = 'server fixture {"server": {"version": "1.0.0"}}';
  const initialize =
    '> {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"protocolVersion": "2025-11-25",' +
    ' "capabilities": {}, "clientInfo": {"name": "n", "version": "1"}}}';
  const transcript = parseTranscript([nameless, initialize, '< "…"'].join('\n'));
  const error = await failureOf(play(transcript, stage));
  assert.instance(error, Error);
  assert.match((error as Error).message, /no InitializeResult of revision 2025-11-25.*name/);
});

test.run();
