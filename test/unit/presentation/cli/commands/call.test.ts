import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { errorResult, textResult } from '../../../../../src/domain/tool/tool-result.ts';
import { call } from '../../../../../src/presentation/cli/commands/call.ts';
import { failureOf } from '../../../../support/failure.ts';
import { RecordingTerminal } from '../recording-terminal.ts';
import { sampleServices, sampleTool } from '../sample-services.ts';

const test = suite('call');

const never = new AbortController().signal;

async function run(line: string, services = sampleServices(), interrupted = never) {
  const terminal = new RecordingTerminal();
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

test('the command shows progress, logs and notices beside the result', async () => {
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
    messages: 'notice: Something is ignored\nprogress: 1 of 2\ninfo: half way',
  });
});

const refused: Record<string, string> = {
  'ecko message=hi': 'Unknown tool "ecko"; did you mean "echo"?',
  blender: 'Unknown tool "blender"; there are echo, sample',
  'echo hi': 'Expected an argument as KEY=VALUE or KEY:=JSON, got "hi"',
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
