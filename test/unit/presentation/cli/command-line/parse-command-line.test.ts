import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parseCommandLine } from '../../../../../src/presentation/cli/command-line/parse-command-line.ts';
import { UsageError } from '../../../../../src/presentation/cli/command-line/usage-error.ts';

const test = suite('parseCommandLine');

function parse(line: string) {
  const { command, options, operands } = parseCommandLine(line === '' ? [] : line.split(' '));
  return { command, options: Object.fromEntries(options), operands };
}

const understood: Record<string, ReturnType<typeof parse>> = {
  '': { command: undefined, options: {}, operands: [] },
  serve: { command: 'serve', options: {}, operands: [] },
  'serve --config a.yaml --debug': {
    command: 'serve',
    options: { config: 'a.yaml', debug: true },
    operands: [],
  },
  '--config a.yaml': { command: undefined, options: { config: 'a.yaml' }, operands: [] },
  '--debug serve': { command: 'serve', options: { debug: true }, operands: [] },
  '-c a.yaml -d': { command: undefined, options: { config: 'a.yaml', debug: true }, operands: [] },
  '-dca.yaml': { command: undefined, options: { config: 'a.yaml', debug: true }, operands: [] },
  'serve --config=-odd': { command: 'serve', options: { config: '-odd' }, operands: [] },
  'serve --config -': { command: 'serve', options: { config: '-' }, operands: [] },
  'serve --log-level info --log-level warn': {
    command: 'serve',
    options: { 'log-level': 'warn' },
    operands: [],
  },
  'call echo message=a=b --json': {
    command: 'call',
    options: { json: true },
    operands: ['echo', 'message=a=b'],
  },
  'call -- echo --message=x': { command: 'call', options: {}, operands: ['echo', '--message=x'] },
  '-V': { command: undefined, options: { version: true }, operands: [] },
  'call --version': { command: 'call', options: { version: true }, operands: [] },
  'call --help': { command: 'call', options: { help: true }, operands: [] },
  'call --bogus -h': { command: 'call', options: { help: true }, operands: [] },
  'help call': { command: 'help', options: {}, operands: ['call'] },
  'help call echo': { command: 'help', options: {}, operands: ['call', 'echo'] },
  'call echo -c a.yaml --bogus --help': {
    command: 'call',
    options: { config: 'a.yaml', help: true },
    operands: ['echo'],
  },
};

for (const [line, expected] of Object.entries(understood)) {
  test(`the parser understands "tfo-mcp ${line}"`, () => assert.equal(parse(line), expected));
}

const refused: Record<string, string> = {
  serv: 'Unknown command "serv"; did you mean "serve"?',
  blender: 'Unknown command "blender"',
  '/srv/x': 'Unknown command "/srv/x"; to let tools work in a directory, write --allow /srv/x',
  '/a ~/b': 'Unknown command "/a"; to let tools work in a directory, write --allow /a --allow ~/b',
  'C:\\x': 'Unknown command "C:\\x"; to let tools work in a directory, write --allow C:\\x',
  '.': 'Unknown command "."; to let tools work in a directory, write --allow .',
  test: 'Unknown command "test"; to let tools work in a directory, write --allow test',
  'serve /srv':
    'Expected nothing after "serve", got "/srv"; to let tools work in a directory, write --allow /srv',
  'version /srv': 'Unknown command "version"; did you mean "--version"?',
  version: 'Unknown command "version"; did you mean "--version"?',
  'serv --help': 'Unknown command "serv"; did you mean "serve"?',
  constructor: 'Unknown command "constructor"',
  '--depth 80': 'Unknown option "--depth"',
  '--depth 80 serve': 'Unknown option "--depth"',
  'serve --loglevel debug': 'Unknown option "--loglevel"; did you mean "--log-level"?',
  'serve --constructor': 'Unknown option "--constructor"',
  'config --jsn': 'Unknown option "--jsn"; did you mean "--json"?',
  '-v': 'Unknown option "-v"; did you mean "-V"?',
  '-x': 'Unknown option "-x"',
  'serve --json': 'The command "serve" has no option "--json"',
  'info --transport stdio': 'The command "info" has no option "--transport"',
  'serve --config': 'Expected FILE after "--config", got nothing',
  'serve --config --debug':
    'Expected FILE after "--config", got the option "--debug"; if that is the value, write "--config=--debug"',
  'serve --debug=false': 'Expected "--debug" without a value, got "false"',
  keys: 'Expected create|list|rotate|revoke after "keys", got nothing',
  'keys revoke a b': 'Expected only create|list|rotate|revoke ID after "keys", got "b"',
  'keys create --scope a b c':
    'Expected only create|list|rotate|revoke ID after "keys", got "c"; for every scope, write --scope \'*\' with the quotes',
  'serve --scope tools:read': 'The command "serve" has no option "--scope"',
  'serve --log-level inof':
    'Expected "--log-level" to be one of "debug", "info", "warn", "error"; got "inof"; did you mean "info"?',
  'serve --allow': 'Expected DIR after "--allow", got nothing',
  'serve --read-only=yes': 'Expected "--read-only" without a value, got "yes"',
  'prompt x --allow /': 'The command "prompt" has no option "--allow"',
  'init-confg': 'Unknown command "init-confg"; did you mean "init-config"?',
  'init-config a b': 'Expected only PATH after "init-config", got "b"',
  read: 'Expected URI after "read", got nothing',
  prompt: 'Expected NAME after "prompt", got nothing',
  'serve now': 'Expected nothing after "serve", got "now"',
  call: 'Expected TOOL after "call", got nothing',
  'help call echo x': 'Expected only COMMAND|GUIDE TOOL after "help", got "x"',
  'call echo --message hi':
    'Unknown option "--message"; arguments of the tool are written KEY=VALUE, or as one JSON object',
  'prompt code_review --code x': 'Unknown option "--code"; arguments are written KEY=VALUE',
};

for (const [line, message] of Object.entries(refused)) {
  test(`the parser refuses "tfo-mcp ${line}"`, () => {
    assert.throws(
      () => parse(line),
      (error: unknown) => error instanceof UsageError && assert.is(error.message, message) === undefined,
    );
  });
}

test('the parser tells of an option that is in one word with its value', () => {
  for (const [word, message] of [
    [
      '--allow /srv',
      'Unknown option "--allow /srv"; "--allow" and its value are two words, each with quotes of its own',
    ],
    [
      '--config  a.yaml',
      'Unknown option "--config  a.yaml"; "--config" and its value are two words, each with quotes of its own',
    ],
    ['--alow /srv', 'Unknown option "--alow /srv"'],
  ] as const)
    assert.throws(
      () => parseCommandLine(['serve', word]),
      (error: unknown) => error instanceof UsageError && assert.is(error.message, message) === undefined,
    );
});

test('the parser points at the help of the command whose option is wrong', () => {
  for (const [line, command] of [
    ['config --jsn', 'config'],
    ['--jsn', 'serve'],
    ['serv', undefined],
  ] as const) {
    assert.throws(
      () => parse(line),
      (error: unknown) => error instanceof UsageError && error.command === command,
    );
  }
});

test.run();
