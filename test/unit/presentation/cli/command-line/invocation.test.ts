import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { interpret } from '../../../../../src/presentation/cli/command-line/invocation.ts';
import { parseCommandLine } from '../../../../../src/presentation/cli/command-line/parse-command-line.ts';

const test = suite('interpret');

function meaning(line: string, interactive = false) {
  return interpret(parseCommandLine(line === '' ? [] : line.split(' ')), () => interactive);
}

const nothing = { flags: [] };

test('the interpreter serves without a command where no person is at the input', () => {
  assert.equal(meaning(''), { command: 'serve', request: nothing });
  assert.equal(meaning('', true), { command: 'help', topic: undefined });
});

test('the interpreter serves where serving is asked for, whoever is there', () => {
  assert.equal(meaning('serve', true), { command: 'serve', request: nothing });
  assert.equal(meaning('--config a.yaml', true), {
    command: 'serve',
    request: { file: 'a.yaml', flags: [] },
  });
});

test('the interpreter asks whether a person is there only when it matters', () => {
  const never = () => {
    throw new Error('asked');
  };
  for (const argv of [['serve'], ['config'], ['--version'], ['--debug']])
    interpret(parseCommandLine(argv), never);
  assert.throws(() => interpret(parseCommandLine([]), never), 'asked');
});

test('the interpreter turns flags into settings', () => {
  assert.equal(meaning('serve --transport stdio --log-level warn -d -c a.yaml'), {
    command: 'serve',
    request: {
      file: 'a.yaml',
      flags: [
        { flag: '--transport', key: 'server.transport', value: 'stdio' },
        { flag: '--log-level', key: 'logging.level', value: 'warn' },
        { flag: '--debug', key: 'server.debug', value: 'true' },
      ],
    },
  });
});

test('the interpreter tells the tool from its arguments', () => {
  assert.equal(meaning('call echo message=hi --json'), {
    command: 'call',
    request: nothing,
    json: true,
    tool: 'echo',
    words: ['message=hi'],
  });
});

test('the interpreter adds every --allow to the allowed directories', () => {
  assert.equal(meaning('serve --allow /a --read-only --allow=/b,c'), {
    command: 'serve',
    request: {
      flags: [
        { flag: '--allow', key: 'security.allowed_directories', value: ['/a', '/b,c'] },
        { flag: '--read-only', key: 'security.read_only', value: 'true' },
      ],
    },
  });
});

test('the interpreter tells the prompt from its arguments, and the resource to read', () => {
  const json = false;
  assert.equal(meaning('prompt code_review code=a=b'), {
    command: 'prompt',
    request: nothing,
    json,
    prompt: 'code_review',
    words: ['code=a=b'],
  });
  assert.equal(meaning('read config://server'), {
    command: 'read',
    request: nothing,
    json,
    uri: 'config://server',
  });
});

test('the interpreter knows where to write a configuration, and whether to print its schema', () => {
  assert.equal(meaning('init-config'), { command: 'init-config', path: undefined, force: false });
  assert.equal(meaning('init-config a.yaml --force'), {
    command: 'init-config',
    path: 'a.yaml',
    force: true,
  });
  assert.equal(meaning('config --schema'), {
    command: 'config',
    request: nothing,
    json: false,
    schema: true,
  });
});

test('the interpreter explains a command in two ways', () => {
  assert.equal(meaning('help call'), { command: 'help', topic: 'call' });
  assert.equal(meaning('call --help'), { command: 'help', topic: 'call' });
  assert.equal(meaning('help --help'), { command: 'help', topic: undefined });
  const tool = { name: 'echo', request: nothing };
  assert.equal(meaning('help call echo'), { command: 'help', topic: 'call', tool });
  assert.equal(meaning('call echo --help'), { command: 'help', topic: 'call', tool });
  assert.equal(meaning('call echo message=hi --allow /a --help'), {
    command: 'help',
    topic: 'call',
    tool: {
      name: 'echo',
      request: { flags: [{ flag: '--allow', key: 'security.allowed_directories', value: ['/a'] }] },
    },
  });
  assert.equal(meaning('read config://server --help'), { command: 'help', topic: 'read' });
  assert.throws(() => meaning('help serve x'), 'Expected only COMMAND after "help", got "x"');
  assert.equal(meaning('--help'), { command: 'help', topic: undefined });
});

test('the interpreter lets help come before version, and version before the rest', () => {
  assert.equal(meaning('--version --help'), { command: 'help', topic: undefined });
  assert.equal(meaning('call --version'), { command: 'version' });
});

test.run();
