import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { errorResult, textResult } from '../../../../../src/domain/tool/tool-result.ts';
import { call } from '../../../../../src/presentation/cli/commands/call.ts';
import { failureOf } from '../../../../support/failure.ts';
import { RecordingTerminal } from '../recording-terminal.ts';
import { sampleServices, sampleTool } from '../sample-services.ts';

const test = suite('call');

const never = new AbortController().signal;

async function run(
  line: string,
  services = sampleServices(),
  interrupted = never,
  terminal = new RecordingTerminal({ piped: '5' }),
) {
  const [tool = '', ...words] = line.split(' ');
  const json = words.at(-1) === '--json';
  const invocation = {
    command: 'call',
    request: {},
    json,
    tool,
    words: json ? words.slice(0, -1) : words,
  } as const;
  const code = await call(invocation, services, terminal, interrupted);
  return { code, output: terminal.output, messages: terminal.messages };
}

test('the command prints what the tool returns', async () => {
  assert.equal(await run('echo message=hi'), { code: 0, output: 'Echo: hi', messages: '' });
});

test('the command gives the tool values of the types it wants', async () => {
  const tools = [sampleTool((args) => textResult(JSON.stringify(args)))];
  const { output } = await run('sample count=5 words:=["a"]', sampleServices({ tools }));
  assert.is(output, '{"count":5,"words":["a"]}');
});

test('the command fails when the tool does, and says why', async () => {
  const tools = [sampleTool(() => errorResult('It is broken'))];
  const expected = { code: 1, output: '', messages: 'error: It is broken' };
  assert.equal(await run('sample', sampleServices({ tools })), expected);
  const { code, messages } = await run('echo');
  assert.is(code, 1);
  assert.match(messages, '"message" is required');
});

test('the command fails with the whole result as JSON, too', async () => {
  const { code, output, messages } = await run('echo --json');
  assert.is(code, 1);
  assert.is(JSON.parse(output).isError, true);
  assert.is(messages, '');
});

test('the command shows logs and notices beside the result', async () => {
  const tools = [
    sampleTool((_args, context) => {
      context.progress(1, 2);
      context.log('info', 'half way');
      return textResult('done');
    }),
  ];
  const services = sampleServices({ tools, report: { notices: ['Something is ignored'] } });
  assert.equal(await run('sample', services), {
    code: 0,
    output: 'done',
    messages: 'notice: Something is ignored\ninfo: half way',
  });
});

/** Arguments that are elsewhere: what is piped in, and what the tool gets. */
for (const [line, piped, message] of [
  ['echo message=-', 'from stdin\n', 'from stdin\n'],
  ['echo message=@-', '', ''],
  ['echo message=@@home', '', '@home'],
  ['echo message=@@@home', '', '@@home'],
  ['echo message=a@b', '', 'a@b'],
  ['echo message:="-"', '', '-'],
  ['echo message=12345', '', '12345'],
  ['echo message=true', '', 'true'],
  ['echo message="hi"', '', '"hi"'],
  ['echo message:=-', '"JSON \u00e9"', 'JSON é'],
  ['echo {"message":"a=b"}', '', 'a=b'],
  ['echo -', '{"message":"all of them"}', 'all of them'],
  ['echo -', '\ufeff{"message":"with a mark"}\r\n', 'with a mark'],
] as const) {
  test(`the command takes "${line}" with ${JSON.stringify(piped)} on stdin`, async () => {
    const ended = await run(line, sampleServices(), never, new RecordingTerminal({ piped }));
    assert.equal(ended, { code: 0, output: `Echo: ${message}`, messages: '' });
  });
}

test('the command takes values from files as they are, and JSON too', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tfo-mcp-call-'));
  const file = join(folder, 'value');
  writeFileSync(file, 'two\r\nlines\n');
  assert.is((await run(`echo message=@${file}`)).output, 'Echo: two\r\nlines\n');
  writeFileSync(file, '{"message":"all"}');
  assert.is((await run(`echo @${file}`)).output, 'Echo: all');
  writeFileSync(file, '["a"]');
  const tools = [sampleTool((args) => textResult(JSON.stringify(args)))];
  assert.is((await run(`sample words:=@${file}`, sampleServices({ tools }))).output, '{"words":["a"]}');
  assert.match((await failureOf(run(`echo @${file}`))).message, /^Expected one JSON object/);
  writeFileSync(file, Buffer.of(255, 254, 0));
  assert.match((await failureOf(run(`echo message=@${file}`))).message, /^Expected text in UTF-8/);
  rmSync(folder, { recursive: true });
});

/** Texts that are no list, and what the command says to write. */
for (const [typed, written] of [
  ['words=ls', `words:='["ls"]'`],
  ['words=[ls,-l]', `words:='["ls","-l"]'`],
  [`words='["ls"]'`, `words:='["ls"]'`],
] as const) {
  test(`the command says how a list is written to whoever types ${typed}`, async () => {
    const { code, messages } = await run(`sample ${typed}`);
    assert.is(code, 1);
    assert.match(messages, `A list is written ${written}`);
  });
}

test('the command tells a person at the terminal that it reads there', async () => {
  const terminal = new RecordingTerminal({ piped: 'hi', interactive: true });
  const { messages } = await run('echo message=-', sampleServices(), never, terminal);
  assert.match(messages, /^Reading "message" from the terminal; end it with Ctrl-/);
});

test('the command prints the data of a failure, and what failed beside it', async () => {
  const json = '{"exit_code":null,"timed_out":true,"stdout":"a"}';
  const tools = [sampleTool(() => errorResult(json))];
  const { code, output, messages } = await run('sample', sampleServices({ tools }));
  assert.equal([code, output], [1, json]);
  assert.is(messages, 'error: The command took longer than its timeout, and was ended');
});

const refused: Record<string, string> = {
  'ecko message=hi': 'Unknown tool "ecko"; did you mean "echo"?',
  blender: 'Unknown tool "blender"; there are echo, sample',
  'echo hi': 'Expected arguments as KEY=VALUE or KEY:=JSON, or one JSON object alone, got "hi"',
  'echo message:hi': 'did you mean "message=hi"?',
  'echo {"mesage":"hi"}': '"echo" has no argument "mesage"; did you mean "message"?',
  'echo {message:hi}': 'Expected one JSON object with all arguments (the command line), got "{message:hi}"',
  'echo message=@nobody':
    'Expected a file to read "message" from, got "nobody": there is none; text that begins with "@" is written "@@nobody"',
  'echo message=@/': 'it is a directory',
  'sample count=- words:=-': 'Expected stdin to be read once',
  'sample words:=a,b': `text is written words=a,b, a list words:='["a","b"]'`,
  'sample mistake=-': '"sample" has no argument "mistake"',

  'echo mesage=hi': '"echo" has no argument "mesage"; did you mean "message"?',
};

for (const [line, message] of Object.entries(refused)) {
  test(`the command refuses "${line}"`, async () => {
    const error = await failureOf(run(line));
    assert.is(error.name, 'UsageError');
    assert.match(error.message, message);
  });
}

test('the command aborts the tool when it is interrupted, and prints nothing', async () => {
  const controller = new AbortController();
  const tools = [
    sampleTool(async (_args, { signal }) => {
      controller.abort(new Error('Interrupted'));
      return textResult(signal.aborted ? 'aborted' : 'went on');
    }),
  ];
  const ended = await run('sample', sampleServices({ tools }), controller.signal);
  assert.equal(ended, { code: 130, output: '', messages: '' });
});

test('the command says what a tool would need that asks', async () => {
  const question = { kind: 'elicitation', message: 'Sure?', requestedSchema: {} } as const;
  const tools = [
    sampleTool(async (_args, context) => textResult(JSON.stringify(await context.ask({ question })))),
  ];
  const { message } = await failureOf(run('sample', sampleServices({ tools })));
  assert.is(message, 'This needs a client that declares the capability elicitation');
});

test.run();
