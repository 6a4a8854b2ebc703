// deadline: 600
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { root } from '../../build/paths.ts';
import { productTools } from '../support/product-tools.ts';
import { type ServerKind, serverCommand } from '../support/server-process.ts';
import { skip } from '../support/skip.ts';
import { matchesSnapshot } from '../support/snapshot.ts';

const STATE_KEY = '00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff';

interface Options {
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
}

for (const kind of ['bundle', 'binary'] as const) testCommandLine(kind);

function testCommandLine(kind: ServerKind): void {
  const test = suite(`command line of the ${kind}`, { home: '' });
  const { command, args: first } = serverCommand(kind);
  let home = '';

  test.before(() => {
    home = mkdtempSync(join(tmpdir(), 'tfo-mcp-cli-'));
  });

  test.after(() => rmSync(home, { recursive: true }));

  /** Everything that the command line looks at comes from the test. */
  const surroundings = (env: Options['env'] = {}) => ({
    cwd: home,
    env: { PATH: process.env['PATH'] ?? '', HOME: home, ...env },
    timeout: 60_000,
  });

  function run(line: string, { env, input = '' }: Options = {}) {
    const args = [...first, ...(line === '' ? [] : line.split(' '))];
    const { status, stdout, stderr } = spawnSync(command, args, {
      ...surroundings(env),
      input,
      encoding: 'utf8',
    });
    return { status, stdout, stderr };
  }

  function configure(yaml: string): string {
    const file = join(home, 'given.yaml');
    writeFileSync(file, yaml);
    return file;
  }

  test('the command line says what it is', () => {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const line = new RegExp(
      `^tfo-mcp ${version} \\(commit [0-9a-z]+, node [0-9.]+, [a-z0-9]+-[a-z0-9]+\\)\n$`,
    );
    for (const option of ['--version', '-V', 'serve --version']) {
      const { status, stdout, stderr } = run(option);
      assert.equal([status, stderr], [0, '']);
      assert.match(stdout, line);
    }
  });

  test('the command line helps', () => {
    const help = readFileSync(join(root, 'test/support/snapshots/help.txt'), 'utf8');
    const helpOfCall = readFileSync(join(root, 'test/support/snapshots/help-call.txt'), 'utf8');
    for (const line of ['--help', '-h', 'help'])
      assert.equal(run(line), { status: 0, stdout: help, stderr: '' });
    for (const line of ['call --help', 'call -h', 'help call']) {
      assert.equal(run(line), { status: 0, stdout: helpOfCall, stderr: '' });
    }
  });

  test('the command line serves without a command, and ends with its input', () => {
    for (const line of ['', 'serve', '--log-level error'])
      assert.equal(run(line), { status: 0, stdout: '', stderr: '' });
  });

  test('the command line says why it ends where no client can be at its input', () => {
    const { command, args } = serverCommand(kind);
    const { status, stderr } = spawnSync(command, [...args, 'serve'], {
      ...surroundings({}),
      stdio: ['ignore', 'pipe', 'pipe'],
      encoding: 'utf8',
    });
    assert.is(status, 0);
    assert.match(JSON.parse(stderr).reason, /^end of input before a message: /);
  });

  test('the command line lists the tools to a client', () => {
    const initialize = {
      protocolVersion: '2025-11-25',
      capabilities: {},
      clientInfo: { name: 'test', version: '1.0.0' },
    };
    const input = [
      { id: 1, method: 'initialize', params: initialize },
      { method: 'notifications/initialized' },
      { id: 2, method: 'tools/list' },
    ]
      .map((message) => `${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`)
      .join('');
    const lines = run('', { input }).stdout.trimEnd().split('\n');
    const listed = lines.find((line) => JSON.parse(line).id === 2) ?? '';
    assert.ok(Buffer.byteLength(listed) < 11_264);
    matchesSnapshot(`${JSON.stringify(JSON.parse(listed).result, null, 2)}\n`, 'tools-list.json');
  });

  test('the command line passes flags on to what it serves', () => {
    const { status, stdout, stderr } = run('serve --transport stdio --debug');
    assert.equal([status, stdout], [0, '']);
    assert.is(JSON.parse(stderr.split('\n', 1)[0] ?? '').level, 'debug');
  });

  test('the command line serves nothing with a configuration that does not hold', () => {
    const file = configure('logging:\n  levle: info\nmcp:\n  page_size: 0\n');
    for (const line of ['', 'serve', 'info', 'config', 'call echo message=hi']) {
      const { status, stdout, stderr } = run(line, { env: { TFO_MCP_CONFIG: file } });
      assert.equal([status, stdout], [78, ''], line);
      assert.match(stderr, 'error: The configuration has 2 problems');
    }
  });

  test('the command line waits for no client when it can not serve', async () => {
    const file = configure('mcp:\n  page_size: 0\n');
    for (const line of ['serve', 'serv', 'validate']) {
      const child = spawn(command, [...first, ...line.split(' ')], {
        ...surroundings({ TFO_MCP_CONFIG: file }),
        stdio: ['pipe', 'ignore', 'ignore'],
      });
      assert.equal(await once(child, 'close'), [line === 'serv' ? 2 : 78, null], line);
    }
  });

  test('the command line validates a configuration', () => {
    const valid = configure('logging:\n  level: warn\n');
    assert.equal(run(`validate --config ${valid}`), {
      status: 0,
      stdout: 'valid\n',
      stderr: `Configuration file: ${valid}\n`,
    });
    const broken = configure('logging:\n  levle: info\nmcp:\n  page_size: 0\n');
    const { status, stdout, stderr } = run(`validate --config ${broken}`);
    assert.equal([status, stdout], [78, '']);
    assert.match(stderr, `  ${broken}:2:3: `);
    assert.match(stderr, 'did you mean "logging.level"?');
    assert.match(
      stderr,
      `  ${broken}:4:14: Expected mcp.page_size to be a whole number from 1 to 1000, got 0`,
    );
    const report = JSON.parse(run(`validate --json -c ${broken}`).stdout);
    assert.equal([report.valid, report.file, report.problems.length], [false, broken, 2]);
  });

  test('the command line shows the configuration and its origins', () => {
    const file = configure('server:\n  name: Mine\n');
    const env = { TELEMETRYFLOW_MCP_MCP_PAGE_SIZE: '7' };
    const { status, stdout } = run(`config --config ${file} --log-level error`, { env });
    assert.is(status, 0);
    const rows = stdout.split('\n').map((line) => line.split(/ {2,}/));
    assert.equal(rows[0], ['SETTING', 'VALUE', 'ORIGIN']);
    const row = (key: string) => rows.find(([name]) => name === key)?.slice(1);
    assert.equal(row('server.name'), ['Mine', `${file}:2`]);
    assert.equal(row('mcp.page_size'), ['7', 'TELEMETRYFLOW_MCP_MCP_PAGE_SIZE']);
    assert.equal(row('logging.level'), ['error', '--log-level']);
    assert.equal(row('mcp.tool_timeout'), ['30', 'default']);
    const { settings } = JSON.parse(run(`config --json -c ${file}`, { env }).stdout);
    assert.equal(settings['mcp.page_size'], { value: 7, origin: 'TELEMETRYFLOW_MCP_MCP_PAGE_SIZE' });
  });

  test('the command line adds flags to the configuration', () => {
    const file = configure('security:\n  allowed_directories: [/srv]\n  commands:\n    policy: ask\n');
    const { settings } = JSON.parse(
      run(`config --json --config ${file} --allow /a --allow ~/b --read-only`).stdout,
    );
    assert.equal(settings['security.allowed_directories'].value, ['/a', join(home, 'b'), '/srv']);
    assert.equal(settings['security.read_only'], { value: true, origin: '--read-only' });
    assert.equal(settings['security.commands.policy'], { value: 'ask', origin: `${file}:4` });
  });

  test('the command line writes a configuration that holds, and leaves the one that is there', () => {
    const env = { XDG_CONFIG_HOME: join(home, 'written') };
    const file = join(home, 'written', 'tfo-mcp', 'tfo-mcp.yaml');
    assert.equal(run('init-config', { env }), { status: 0, stdout: `${file}\n`, stderr: '' });
    assert.is(run('validate', { env }).stderr, `Configuration file: ${file}\n`);
    writeFileSync(file, 'server:\n  name: Mine\n');
    const again = run('init-config', { env });
    assert.equal([again.status, again.stdout], [1, '']);
    assert.match(again.stderr, `error: There is a file "${file}" already; --force replaces it`);
    assert.is(readFileSync(file, 'utf8'), 'server:\n  name: Mine\n');
    assert.is(run(`init-config ${file} --force`, { env }).status, 0);
    assert.match(readFileSync(file, 'utf8'), '#name: TelemetryFlow-MCP');
  });

  test('the command line prints the schema of the configuration, whatever the configuration is', () => {
    const file = configure('nonsense');
    const { status, stdout, stderr } = run('config --schema', { env: { TFO_MCP_CONFIG: file } });
    assert.equal([status, stderr], [0, '']);
    const { $schema, properties } = JSON.parse(stdout);
    assert.is($schema, 'https://json-schema.org/draft/2020-12/schema');
    assert.is(properties.logging.properties.level.default, 'info');
  });

  for (const server of ['python', 'go']) {
    test(`the command line serves with the configuration of the ${server} server`, () => {
      const file = join(root, `test/fixtures/configurations/${server}.yaml`);
      const { status, stdout, stderr } = run(`serve --config ${file}`);
      assert.equal([status, stdout], [0, '']);
      for (const line of stderr.trimEnd().split('\n')) assert.is(JSON.parse(line).level, 'warn', line);
      assert.is(run(`validate --config ${file}`).stdout, 'valid\n');
    });
  }

  test('the command line logs to a file', () => {
    const log = join(home, 'logs', `${kind}.log`);
    const file = configure(`logging:\n  level: debug\n  output: ${log}\n`);
    assert.equal(run(`serve --config ${file}`), { status: 0, stdout: '', stderr: '' });
    const lines = readFileSync(log, 'utf8').trimEnd().split('\n');
    assert.ok(lines.some((line) => JSON.parse(line).message === 'Serving'));
  });

  test('the command line shows no secret', () => {
    const env = { TELEMETRYFLOW_MCP_SECURITY_STATE_KEY: STATE_KEY };
    for (const line of ['config', 'config --json', 'validate', 'info --json', 'serve --debug']) {
      const { status, stdout, stderr } = run(line, { env });
      assert.is(status, 0);
      assert.not.match(stdout + stderr, STATE_KEY);
    }
    assert.match(
      run('config', { env }).stdout,
      /security\.state_key +\*+ +TELEMETRYFLOW_MCP_SECURITY_STATE_KEY/,
    );
    const refused = run('validate', { env: { TELEMETRYFLOW_MCP_SECURITY_STATE_KEY: 'not-so-secret' } });
    assert.is(refused.status, 78);
    assert.not.match(refused.stderr, 'not-so-secret');
  });

  test('the command line mentions a configuration that it does not read', () => {
    const folder = join(home, 'cloned');
    mkdirSync(folder);
    writeFileSync(join(folder, 'tfo-mcp.yaml'), 'server:\n  name: Theirs\n');
    const { stdout, stderr } = spawnSync(command, [...first, 'config'], {
      ...surroundings(),
      cwd: folder,
      encoding: 'utf8',
    });
    assert.not.match(stdout, 'Theirs');
    assert.match(stderr, /^notice: File ".*tfo-mcp\.yaml" is not read unless named/m);
  });

  test('the command line tells what it offers', () => {
    const { status, stdout, stderr } = run('info');
    assert.equal([status, stderr], [0, '']);
    for (const text of ['2026-07-28', '2024-11-05', 'echo message=...', 'system_info', 'node ']) {
      assert.match(stdout, text);
    }
    const facts = JSON.parse(run('info --json').stdout);
    assert.equal(
      facts.tools.map((tool: { name: string }) => tool.name),
      productTools,
    );
    const file = configure('tools:\n  disabled: [system_info]\n');
    const tools = (line: string) =>
      JSON.parse(run(line).stdout).tools.map((tool: { name: string }) => tool.name);
    assert.not.ok(tools(`info --json --config ${file}`).includes('system_info'));
    assert.equal(tools('info --json --read-only'), [
      'echo',
      'read_file',
      'list_directory',
      'search_files',
      'system_info',
    ]);
  });

  test('the command line reads resources', () => {
    const { logging } = JSON.parse(run('read config://server --log-level error').stdout);
    assert.equal(logging.level, { value: 'error', origin: '--log-level' });
    assert.ok(JSON.parse(run('read status://health').stdout));
    const text = join(home, 'text.txt');
    writeFileSync(text, 'no end');
    assert.equal(run(`read file://${text} --allow ${home}`), { status: 0, stdout: 'no end', stderr: '' });
    const bytes = join(home, 'bytes.bin');
    writeFileSync(bytes, Buffer.of(0, 1, 255));
    const { stdout } = spawnSync(
      command,
      [...first, 'read', `file://${bytes}`, '--allow', home],
      surroundings(),
    );
    assert.equal([...stdout], [0, 1, 255]);
    const [content] = JSON.parse(run(`read file://${bytes} --allow ${home} --json`).stdout).contents;
    assert.is(content.blob, 'AAH/');
    const missing = run(`read file://${text}.missing --allow ${home}`);
    assert.equal([missing.status, missing.stdout], [1, '']);
    assert.match(run('read config://sever').stderr, 'did you mean "config://server"?');
  });

  test('the command line writes prompts', () => {
    const { status, stdout, stderr } = run('prompt code_review code=x++ language=c');
    assert.equal([status, stderr], [0, '']);
    assert.match(stdout, /x\+\+/);
    const { messages } = JSON.parse(run('prompt explain_code code=x++ --json').stdout);
    assert.equal([messages.length, messages[0].role], [1, 'user']);
    assert.match(run('prompt code_reviw code=x').stderr, 'did you mean "code_review"?');
    assert.match(run('prompt code_review cod=x').stderr, 'did you mean "code"?');
    assert.is(run('prompt code_review').status, 1);
  });

  test('the command line calls tools', () => {
    assert.equal(run('call echo message=hi'), { status: 0, stdout: 'Echo: hi\n', stderr: '' });
    assert.equal(run('call echo message:="5"'), { status: 0, stdout: 'Echo: 5\n', stderr: '' });
    assert.is(JSON.parse(run('call system_info').stdout).server.name, 'TelemetryFlow-MCP');
    const { content, structuredContent } = JSON.parse(run('call system_info --json').stdout);
    assert.equal(Object.keys(JSON.parse(content[0].text)), Object.keys(structuredContent));
    assert.match(run('call echo message=hi --debug').stderr, 'ExecuteTool');
  });

  test('the command line fails when a tool does', () => {
    const { status, stdout, stderr } = run('call echo');
    assert.equal([status, stdout], [1, '']);
    assert.match(stderr, /^error: .*"message" is required\n$/);
  });

  /** Exit codes, as the help has them: of flags, of variables and of files. */
  const codes: readonly (readonly [line: string, code: number, env?: Record<string, string>])[] = [
    ['serve --port abc', 2],
    ['serve --port 99999', 2],
    ['serve --transport htp', 2],
    ['serve --log-level loud', 2],
    ['serve --allow $HOME/x', 2],
    ['validate --allow $HOME/x', 2],
    ['config --allow %HOME%/x', 2],
    ['call echo message=hi --allow $HOME/x', 2],
    ['chat --model {{MODEL}}', 2],
    ['serve --port abc', 2, { TELEMETRYFLOW_MCP_SERVER_PORT: 'abc' }],
    ['serve', 78, { TELEMETRYFLOW_MCP_SERVER_PORT: 'abc' }],
    ['validate', 78, { TELEMETRYFLOW_MCP_SERVER_PORT: 'abc' }],
    ['validate --config /none.yaml', 78],
    ['call echo', 1],
    ['call execute_command command=false', 1],
    ['help call echo', 0],
    ['call echo --help', 0],
    ['call ecko --help', 2],
    ['call echo --help', 0, { TELEMETRYFLOW_MCP_SERVER_PORT: 'abc' }],
    ['chat', 1],
  ];

  for (const [line, code, env] of codes) {
    test(`the command line ends "${line}" with ${code}${env ? ' where a variable is wrong' : ''}`, () =>
      assert.is(run(line, { ...(env && { env }) }).status, code));
  }

  test('the command line takes arguments from stdin, whatever that is', () => {
    const file = join(home, 'arguments.json');
    writeFileSync(file, '{"message":"from a file"}');
    const input = readFileSync(file, 'utf8');
    const answer = { status: 0, stdout: 'Echo: from a file\n', stderr: '' };
    assert.equal(run('call echo -', { input }), answer);
    assert.equal(run(`call echo @${file}`), answer);
    const redirected = openSync(file, 'r');
    const { stdout } = spawnSync(command, [...first, 'call', 'echo', '-'], {
      ...surroundings(),
      stdio: [redirected, 'pipe', 'pipe'],
      encoding: 'utf8',
    });
    closeSync(redirected);
    assert.is(stdout, answer.stdout);
  });

  test('the command line shows the arguments of every tool, with an example', () => {
    for (const tool of productTools) {
      const { status, stdout, stderr } = run(`help call ${tool}`);
      assert.equal([status, stderr], [0, ''], tool);
      assert.match(stdout, `Example:\n  tfo-mcp call ${tool}`);
      assert.ok(
        stdout.split('\n').every((line) => line.length <= 80 || /^ {2}tfo-mcp/.test(line)),
        stdout,
      );
    }
    assert.match(
      run('help call execute_command').stdout,
      /^ {2}timeout {2}number from 0\.1 to 600\n.*\(default: 30\)/m,
    );
    assert.match(run('help call echo').stdout, /^ {2}message {2}text, required$/m);
  });

  test('the command line prints what a command that ran out of time had printed', () => {
    const words = ['call', 'execute_command', 'command=echo begun; sleep 30', 'timeout=0.5'];
    const { status, stdout, stderr } = spawnSync(command, [...first, ...words], {
      ...surroundings(),
      encoding: 'utf8',
    });
    assert.equal([status, stderr], [1, 'error: The command took longer than its timeout, and was ended\n']);
    const { timed_out, stdout: printed } = JSON.parse(stdout);
    assert.equal([timed_out, printed.trim()], [true, 'begun']);
  });

  test('the command line fits what it offers into 80 columns', () => {
    const lines = run('info').stdout.split('\n');
    assert.equal(
      lines.filter((line) => line.length > 80),
      [],
    );
  });

  test('the command line refuses what it does not know, with a suggestion and the way to the help', () => {
    const refused: Record<string, string> = {
      serv: 'did you mean "serve"?',
      'help serv': 'did you mean "serve"?',
      'config --jsn': 'did you mean "--json"?',
      'call ecko message=hi': 'did you mean "echo"?',
      'call echo mesage=hi': 'did you mean "message"?',
      'call echo hi': 'Expected arguments as KEY=VALUE',
      call: 'Expected TOOL',
      'serve --log-level inof': 'did you mean "info"?',
      'serve --insecure=yes': 'Expected "--insecure" without a value, got "yes"',
      'keys crate': 'Expected one of create, list, rotate, revoke after "keys", got "crate"',
      'serve --depth 80': 'Unknown option "--depth"',
      'serve --alow /tmp': 'did you mean "--allow"?',
      'init-confg': 'did you mean "init-config"?',
      'prompt nothing-like-it': 'Unknown prompt "nothing-like-it"',
      'read nothing-like-it': 'Unknown resource "nothing-like-it"',
    };
    for (const [line, message] of Object.entries(refused)) {
      const { status, stdout, stderr } = run(line);
      assert.equal([status, stdout], [2, ''], line);
      assert.match(stderr, message);
      assert.match(stderr, /^See "tfo-mcp .*"\n$/m);
    }
  });

  test('the command line ends quietly when nobody reads on', async () => {
    for (const line of ['config', '--help', 'call echo message=hi']) {
      const child = spawn(command, [...first, ...line.split(' ')], {
        ...surroundings(),
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      child.stdout.destroy();
      let stderr = '';
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        stderr += text;
      });
      assert.equal(await once(child, 'close'), [0, null], line);
      assert.equal(stderr.replace('There is no configuration file\n', ''), '', line);
    }
  });

  test('the command line keeps its exit code when nobody reads the messages', async () => {
    const child = spawn(command, [...first, 'serv'], {
      ...surroundings(),
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    child.stderr.destroy();
    assert.equal(await once(child, 'close'), [2, null]);
  });

  test('the command line colours nothing that no terminal shows, unless it is forced to', () => {
    for (const line of ['--help', 'config', 'info']) assert.not.match(run(line).stdout, '\u001b');
    assert.not.match(run('serv').stderr, '\u001b');
    assert.match(run('--help', { env: { FORCE_COLOR: '1' } }).stdout, '\u001b[1mCommands:');
    assert.match(run('serv', { env: { FORCE_COLOR: '1' } }).stderr, '\u001b[31merror:');
  });

  test('what was typed steers no terminal by way of a message', () => {
    const steering = '\u001b]0;title\u0007\u009b31m\b';
    run('migrate up');
    for (const line of [
      steering,
      `--${steering}`,
      `serve --port ${steering}`,
      `call ${steering}`,
      `call echo ${steering}=1`,
      `read ${steering}`,
      `help ${steering}`,
      `keys ${steering}`,
      `conversations show ${steering}`,
      `validate --config ${steering}`,
      `database restore ${steering}`,
      `database backup ${steering}`,
    ]) {
      const { stderr } = run(line);
      assert.match(stderr, 'title', line);
      assert.not.match(stderr.replaceAll('\n', ''), /\p{Cc}/u, line);
    }
  });

  if (process.platform === 'linux') testOnLinux();
  else
    skip(
      test,
      process.platform === 'darwin' ? 'macOS' : 'Windows',
      'pseudo-terminals, full disks and named pipes',
    );

  function testOnLinux(): void {
    /** Runs in a pseudo-terminal, whose input ends at once; its output and its messages are one. */
    const onTerminal = (line: string, env: Options['env'] = {}) => {
      const words = [command, ...first, ...(line === '' ? [] : line.split(' '))].map((word) => `'${word}'`);
      const shell = ['-c', 'exec script -qec "$1" /dev/null', 'sh', words.join(' ')];
      const options = { ...surroundings({ TERM: 'xterm', ...env }), input: '', encoding: 'utf8' } as const;
      const { status, stdout } = spawnSync('/bin/sh', shell, options);
      if (status === 127)
        throw new Error('Expected "script" of util-linux to test terminals with; install it');
      return { status, output: stdout };
    };

    test('the command line helps a person who types nothing but its name', () => {
      const { status, output } = onTerminal('');
      assert.is(status, 0);
      assert.match(output, '\u001b[1mCommands:');
      assert.match(output, 'Usage: tfo-mcp [COMMAND] [OPTIONS]');
    });

    test('the command line has no colours where they are not wanted', () => {
      for (const env of [{ NO_COLOR: '1' }, { TERM: 'dumb' }]) {
        const { output } = onTerminal('', env);
        assert.match(output, 'Commands:');
        assert.not.match(output, '\u001b[1m');
      }
    });

    test('the command line takes an empty NO_COLOR for none', () => {
      assert.match(onTerminal('', { NO_COLOR: '' }).output, '\u001b[1mCommands:');
      assert.match(onTerminal('serv', { NO_COLOR: '' }).output, '\u001b[31merror:');
    });

    test('the command line shows a person a list, and a program JSON', () => {
      const folder = join(home, 'listed');
      mkdirSync(join(folder, 'sub'), { recursive: true });
      const line = `call list_directory path=${folder} --allow ${folder}`;
      assert.is(onTerminal(line).output, 'sub/\r\n');
      assert.equal(JSON.parse(run(line).stdout).entries, [{ path: 'sub', type: 'directory' }]);
      assert.is(JSON.parse(onTerminal(`${line} --json`).output).structuredContent.path, folder);
    });

    test('the command line tells a person who serves on a terminal what that is for', () => {
      const { status, output } = onTerminal('serve');
      assert.is(status, 0);
      assert.match(output, /waits for an MCP client on this terminal.*tfo-mcp --help/);
    });

    test('the command line shows no bytes on a terminal', () => {
      const file = join(home, 'shown.bin');
      writeFileSync(file, Buffer.of(0, 27, 255));
      const { status, output } = onTerminal(`read file://${file} --allow ${home}`);
      assert.is(status, 1);
      assert.match(output, 'Expected text to show on a terminal');
      assert.not.match(output, '\u001b\u00ff');
    });

    test('the command line fails on a full disk', () => {
      const { status, stderr } = spawnSync(
        '/bin/sh',
        ['-c', '"$@" > /dev/full', 'sh', command, ...first, 'config'],
        {
          ...surroundings(),
          encoding: 'utf8',
        },
      );
      assert.is(status, 1);
      assert.match(stderr, /error: Can't write to stdout: ENOSPC/);
    });

    test('the command line can be interrupted', async () => {
      const pipe = join(home, 'pipe');
      assert.is(spawnSync('/bin/sh', ['-c', 'mkfifo "$1"', 'sh', pipe]).status, 0);
      for (const line of ['validate', 'call echo message=hi']) {
        const child = spawn(command, [...first, ...line.split(' '), '--config', pipe], {
          ...surroundings(),
          stdio: 'ignore',
        });
        // Opens when the command reads its configuration, which it waits for from then on.
        const writer = spawn('/bin/sh', ['-c', 'exec 3> "$1"; echo open; exec sleep 60', 'sh', pipe], {
          stdio: ['ignore', 'pipe', 'ignore'],
        });
        await once(writer.stdout, 'data');
        child.kill('SIGINT');
        assert.equal(await once(child, 'close'), [130, null], line);
        writer.kill();
      }
      rmSync(pipe);
    });

    test('a value from a pipe is waited for, and the wait can be interrupted', async () => {
      const pipe = join(home, 'values');
      assert.is(spawnSync('/bin/sh', ['-c', 'mkfifo "$1"', 'sh', pipe]).status, 0);
      const waiting = () =>
        spawn(command, [...first, 'call', 'echo', `message=@${pipe}`], {
          ...surroundings(),
          stdio: ['ignore', 'pipe', 'ignore'],
        });
      const read = waiting();
      spawnSync('/bin/sh', [
        '-c',
        'sleep 0.3; exec 3> "$1"; echo one >&3; sleep 0.3; echo two >&3',
        'sh',
        pipe,
      ]);
      assert.is(await text(read.stdout), 'Echo: one\ntwo\n');
      const interrupted = waiting();
      await delay(500);
      interrupted.kill('SIGINT');
      assert.equal(await once(interrupted, 'close'), [130, null]);
      rmSync(pipe);
    });

    test('an interrupted change of the keys leaves no lock', async () => {
      const keys = join(home, 'keys.json');
      const file = configure(`security: { api_keys_file: ${keys} }\n`);
      const args = [...first, 'keys', 'create', '--name', 'a', '--scope', 'tools:read', '--config', file];
      for (let after = 60; after < 200; after += 10) {
        const child = spawn(command, args, { ...surroundings(), stdio: 'ignore' });
        setTimeout(() => child.kill('SIGINT'), after);
        await once(child, 'close');
        assert.not.ok(existsSync(`${keys}.lock`), `after ${after} ms`);
      }
    });
  }

  test.run();
}
