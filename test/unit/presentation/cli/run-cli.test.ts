import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { textResult } from '../../../../src/domain/tool/tool-result.ts';
import { runCli } from '../../../../src/presentation/cli/run-cli.ts';
import { RecordingTerminal } from './recording-terminal.ts';
import { sampleServices, sampleTool } from './sample-services.ts';

const test = suite('runCli');

async function run(line: string, services = sampleServices(), terminal = new RecordingTerminal()) {
  const ending = await runCli(line === '' ? [] : line.split(' '), services, terminal);
  return { ...ending, output: terminal.output, messages: terminal.messages };
}

const settings = [
  { key: 'server.name', value: 'Sample', origin: '/etc/a.yaml:2' },
  { key: 'tools.disabled', value: ['echo'], origin: '--flag' },
  { key: 'security.state_key', value: undefined, origin: 'default' },
];
const problems = [
  { where: '/etc/a.yaml:3:10', message: 'Expected one, got two' },
  { where: '--log-level', message: 'Expected three, got four' },
];

test('serves, and then ends at once', async () => {
  let served = 0;
  const services = sampleServices({ serve: async () => `${served++}` });
  const expected = { code: 0, atOnce: true, output: '', messages: '' } as const;
  assert.equal(await run('', services), expected);
  assert.equal(await run('serve --debug', services), expected);
  assert.is(served, 2);
  assert.equal(services.requests.at(-1), {
    flags: [{ flag: '--debug', key: 'server.debug', value: 'true' }],
  });
});

test('the command line tells a person at the input what serving is for', async () => {
  const terminal = new RecordingTerminal({ interactive: true });
  const { code, messages } = await run('serve', sampleServices(), terminal);
  assert.is(code, 0);
  assert.match(messages, /MCP client.*tfo-mcp --help/);
});

const LISTENING = {
  urls: ['http://127.0.0.1:8080/mcp', 'ws://127.0.0.1:8080/ws'],
  authentication: 'off',
  directories: ['/srv', '/home/ada'],
};

/** A network server that listens and is stopped. */
const listening = (facts = LISTENING) =>
  sampleServices({
    servesStdio: false,
    serve: async (onListening) => {
      onListening(facts);
      return 'SIGTERM';
    },
  });

test('the command line tells a person at the terminal where a network server is and whom it lets do what', async () => {
  const at = (facts?: typeof LISTENING) =>
    run('serve --transport http --port 1', listening(facts), new RecordingTerminal({ interactive: true }));
  assert.is(
    (await at()).messages,
    'Serving http://127.0.0.1:8080/mcp, ws://127.0.0.1:8080/ws\nAuthentication: off\nAllowed directories: /srv, /home/ada',
  );
  assert.match(
    (await at({ ...LISTENING, directories: [] })).messages,
    /Allowed directories: none, .* by --allow DIR/,
  );
  assert.is((await run('serve --transport http', listening())).messages, '');
});

for (const [line, named] of [
  ['serve --port 80', '--port'],
  ['--port 80', '--port'],
  ['serve --host 0.0.0.0 --port 80', '--host and --port'],
  ['serve --insecure --transport stdio', '--insecure'],
] as const) {
  test(`the command line refuses ${line}, which would be without effect`, async () => {
    const { code, messages } = await run(line);
    assert.is(code, 2);
    assert.match(
      messages,
      `error: Expected a network transport beside ${named}, got stdio: add "--transport http"`,
    );
    assert.is((await run(line, sampleServices({ servesStdio: false }))).code, 0);
  });
}

test('the command line helps a person who types nothing', async () => {
  const terminal = new RecordingTerminal({ interactive: true });
  const { code, atOnce, output } = await run('', sampleServices(), terminal);
  assert.equal([code, atOnce], [0, false]);
  assert.match(output, 'Usage: tfo-mcp [COMMAND] [OPTIONS]');
});

test('the command line names problems of the configuration, whatever needs it', async () => {
  for (const line of [
    '',
    'serve',
    'info',
    'config',
    'validate',
    'call echo message=hi',
    'read a://b',
    'prompt a',
  ]) {
    const { code, output, messages } = await run(
      line,
      sampleServices({ report: { problems, notices: ['Old'] } }),
    );
    assert.is(code, 78, line);
    assert.is(output, '', line);
    const told = messages.split('\n').filter((message) => !/configuration file/.test(message));
    assert.equal(told, [
      'notice: Old',
      'error: The configuration has 2 problems',
      '  /etc/a.yaml:3:10: Expected one, got two',
      '  --log-level: Expected three, got four',
    ]);
  }
});

test('the command line validates', async () => {
  const { code, output, messages } = await run(
    'validate',
    sampleServices({ report: { file: '/etc/a.yaml' } }),
  );
  assert.equal([code, output, messages], [0, 'valid', 'Configuration file: /etc/a.yaml']);
  assert.is((await run('validate')).messages, 'There is no configuration file');
});

test('the command line validates for programs', async () => {
  const invalid = await run('validate --json', sampleServices({ report: { problems, notices: ['Old'] } }));
  assert.equal([invalid.code, invalid.messages], [78, '']);
  assert.equal(JSON.parse(invalid.output), { valid: false, file: null, notices: ['Old'], problems });
  assert.is(JSON.parse((await run('validate --json')).output).valid, true);
});

test('the command line shows the configuration', async () => {
  const { code, output } = await run('config', sampleServices({ report: { settings } }));
  assert.is(code, 0);
  assert.equal(output.split('\n'), [
    'SETTING             VALUE     ORIGIN',
    'server.name         Sample    /etc/a.yaml:2',
    'tools.disabled      ["echo"]  --flag',
    'security.state_key  -         default',
  ]);
});

test('the command line shows the configuration for programs', async () => {
  const { output, messages } = await run(
    'config --json',
    sampleServices({ report: { settings, notices: ['Old'] } }),
  );
  assert.is(messages, '');
  assert.equal(JSON.parse(output), {
    file: null,
    settings: {
      'server.name': { value: 'Sample', origin: '/etc/a.yaml:2' },
      'tools.disabled': { value: ['echo'], origin: '--flag' },
      'security.state_key': { value: null, origin: 'default' },
    },
    notices: ['Old'],
  });
});

test('the command line prints the schema of the configuration without loading one', async () => {
  const services = sampleServices({ report: { problems } });
  const { code, output } = await run('config --schema', services);
  assert.is(code, 0);
  assert.equal(JSON.parse(output), { title: 'Sample' });
  assert.equal(services.requests, []);
});

test('the command line writes a configuration, and prints where', async () => {
  const services = sampleServices({ report: { problems } });
  assert.equal(await run('init-config', services), {
    code: 0,
    atOnce: false,
    output: '/home/ada/.config/tfo-mcp/tfo-mcp.yaml',
    messages: '',
  });
  assert.is((await run('init-config a.yaml --force', services)).output, 'a.yaml');
  assert.equal(services.requests.at(-1), { file: 'a.yaml', replace: true });
});

test('the command line tells what the server is and offers', async () => {
  const { code, output } = await run('info');
  assert.is(code, 0);
  assert.equal(output.split('\n'), [
    'Name      Sample',
    'Version   1.2.3 (commit abcdef)',
    'Runtime   node 22.0.0',
    'Platform  linux-x64',
    'Protocol  2026-07-28, 2025-11-25, 2025-06-18, 2025-03-26, 2024-11-05',
    '',
    'Tools:',
    '  echo message=...',
    '      Returns the message, to test the connection.',
    '  sample [count=...] [words=...]',
    '      For tests',
    '',
    'Resources:',
    '  none',
    '',
    'Prompts:',
    '  none',
  ]);
});

test('the command line tells the same to programs, with schemas', async () => {
  const { version, protocolVersions, tools, resources } = JSON.parse((await run('info --json')).output);
  assert.equal([version, protocolVersions[0], resources], ['1.2.3', '2026-07-28', []]);
  assert.equal(tools[0].inputSchema.required, ['message']);
});

test('the command line tells its version in one line', async () => {
  const { output } = await run('--version');
  assert.is(output, 'tfo-mcp 1.2.3 (commit abcdef, node 22.0.0, linux-x64)');
});

test('the command line tells usage errors with the way to the help', async () => {
  assert.equal(await run('config --jsn'), {
    code: 2,
    atOnce: false,
    output: '',
    messages: 'error: Unknown option "--jsn"; did you mean "--json"?\nSee "tfo-mcp help config"',
  });
  assert.match((await run('serv')).messages, 'See "tfo-mcp --help"');
  for (const [topic, meant] of [
    ['serv', 'serve'],
    ['echo', 'help call echo'],
    ['read_fil', 'help call read_file'],
  ])
    assert.match(
      (await run(`help ${topic}`)).messages,
      `There is no command or guide "${topic}"; did you mean "${meant}"?`,
    );
});

test('the command line tells a fault of the program, and what to do', async () => {
  const serve = () => Promise.reject(new TypeError('nobody thought of this'));
  const { code, messages } = await run('serve', sampleServices({ serve }));
  assert.is(code, 1);
  assert.is(
    messages,
    'error: tfo-mcp failed unexpectedly with "TypeError: nobody thought of this"; ' +
      'run it again with --debug to see where, and report that',
  );
});

test('the command line tells a refusal with a name without one', async () => {
  const question = { kind: 'roots' } as const;
  const tools = [
    sampleTool(async (_args, context) => textResult(`${(await context.ask({ question })).question}`)),
  ];
  const { code, messages } = await run('call sample', sampleServices({ tools }));
  assert.equal([code, messages], [1, 'error: This needs a client that declares the capability roots']);
});

test('the command line ends at once after an interruption', async () => {
  const tools = [
    sampleTool(async (_args, { signal }) => {
      process.emit('SIGINT');
      return textResult(String(signal.aborted));
    }),
  ];
  const ending = await run('call sample', sampleServices({ tools }));
  assert.equal(ending, { code: 130, atOnce: true, output: '', messages: '' });
});

test.run();
