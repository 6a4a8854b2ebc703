import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { sleeping, uniqueSeconds } from '../integration/processes/sleepers.ts';
import { type Frame, modernMeta, type ServerKind, type ServerProcess } from '../support/server-process.ts';
import { cleanExit, killStartedServers, startServer } from '../support/start-server.ts';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'execute-command-')));
const allowed = join(folder, 'allowed');
const outside = join(folder, 'outside');
mkdirSync(allowed);
mkdirSync(outside);

const test = suite('execute_command');
test.after(() => {
  killStartedServers();
  rmSync(folder, { recursive: true });
});

interface Settings {
  readonly kind?: ServerKind;
  /** The configuration file. */
  readonly yaml?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly capabilities?: object;
}

let configurations = 0;

/** A server that may work in `allowed`, not yet spoken to. */
function startSilent({ kind = 'bundle', yaml = '', env = {} }: Settings = {}): ServerProcess {
  configurations += 1;
  const file = join(folder, `${configurations}.yaml`);
  writeFileSync(file, yaml);
  return startServer(kind, { args: ['serve', '--config', file, '--allow', allowed], env });
}

async function start(settings: Settings = {}): Promise<ServerProcess> {
  const server = startSilent(settings);
  await server.initialize('2025-11-25', settings.capabilities);
  return server;
}

const NAME = 'execute_command';

const call = (server: ServerProcess, id: number | string, args: object, more: object = {}): Promise<Frame> =>
  server.request(id, 'tools/call', { name: NAME, arguments: args, ...more });

const textOf = ({ result }: Frame): string => {
  assert.is(result.content.length, 1);
  return result.content[0].text;
};

for (const kind of ['binary', 'bundle'] as const) {
  test(`the ${kind} runs commands and programs, and tells how it went`, async () => {
    const server = await start({ kind });
    const shell = await call(server, 1, { command: 'echo out; echo err >&2; pwd -P' });
    const { duration_ms, ...value } = shell.result.structuredContent;
    assert.equal(value, {
      exit_code: 0,
      signal: null,
      stdout: `out\n${allowed}\n`,
      stderr: 'err\n',
      timed_out: false,
      truncated: false,
    });
    assert.type(duration_ms, 'number');
    assert.equal(JSON.parse(textOf(shell)), shell.result.structuredContent);
    const program = await call(server, 2, { argv: ['printf', '%s', '$HOME *'] });
    assert.is(program.result.structuredContent.stdout, '$HOME *');
    assert.equal(await server.close(), cleanExit);
  });

  test(`the ${kind} starts the runtime that is named, not itself`, async () => {
    const server = await start({ kind });
    const argv = [process.execPath, '-e', 'console.log(process.argv.length, 6 * 7)', 'x'];
    assert.is((await call(server, 1, { argv })).result.structuredContent.stdout, '2 42\n');
    assert.equal(await server.close(), cleanExit);
  });
}

test('a command that fails is a result: it ran', async () => {
  const server = await start();
  const { result } = await call(server, 1, { command: 'echo why >&2; exit 3' });
  assert.not('isError' in result);
  assert.equal(JSON.parse(textOf({ result })), result.structuredContent);
  const { exit_code, stderr } = result.structuredContent;
  assert.equal([exit_code, stderr], [3, 'why\n']);
  assert.is((await call(server, 2, { command: 'true' })).result.structuredContent.exit_code, 0);
  assert.equal(await server.close(), cleanExit);
});

test('the time limit ends a command and all that it started', async () => {
  const server = await start();
  const seconds = uniqueSeconds();
  const { result } = await call(server, 1, {
    command: `setsid sleep ${seconds} & sleep ${seconds}`,
    timeout: 0.5,
  });
  assert.is(result.isError, true);
  const { exit_code, signal, timed_out } = JSON.parse(textOf({ result }));
  assert.equal({ exit_code, signal, timed_out }, { exit_code: null, signal: 'SIGTERM', timed_out: true });
  await sleeping(seconds, 0);
  assert.equal(await server.close(), cleanExit);
});

test('what is cancelled is ended, and gets no answer; the next call is served', async () => {
  const server = await start();
  const seconds = uniqueSeconds();
  const params = { name: NAME, arguments: { command: `setsid sleep ${seconds} & sleep ${seconds}` } };
  server.send({ jsonrpc: '2.0', id: 1, method: 'tools/call', params });
  await sleeping(seconds, 2);
  server.send({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 1 } });
  await sleeping(seconds, 0);
  assert.is((await call(server, 2, { command: 'true' })).result.isError, undefined);
  assert.equal(await server.close(), cleanExit);
  assert.not.ok(server.frames.some(({ id }) => id === 1));
});

test('a command doesn’t read what the client sends the server', async () => {
  const server = await start();
  server.send({
    jsonrpc: '2.0',
    id: 1,
    method: 'tools/call',
    params: { name: NAME, arguments: { command: 'head -n 1' } },
  });
  server.send({ jsonrpc: '2.0', id: 2, method: 'ping' });
  assert.equal((await server.answer(2)).result, {});
  assert.is((await server.answer(1)).result.structuredContent.stdout, '');
  assert.is(
    (await call(server, 3, { command: 'cat', stdin: 'given' })).result.structuredContent.stdout,
    'given',
  );
  assert.equal(await server.close(), cleanExit);
});

for (const [way, stop] of [
  ['the end of input', (server: ServerProcess) => server.end()],
  ['SIGTERM', (server: ServerProcess) => void server.child.kill('SIGTERM')],
] as const) {
  test(`${way} in the middle of a command leaves it time to clean up`, async () => {
    const server = await start({ yaml: 'server:\n  shutdown_timeout: 4\n' });
    const seconds = uniqueSeconds();
    const trace = join(allowed, `${seconds}.trace`);
    const command = `trap 'sleep 0.1; echo clean >${trace}; exit' TERM; sleep ${seconds} & wait`;
    server.send({
      jsonrpc: '2.0',
      id: 1,
      method: 'tools/call',
      params: { name: NAME, arguments: { command } },
    });
    await sleeping(seconds, 1);
    stop(server);
    assert.equal(await server.exit(), cleanExit);
    assert.is(readFileSync(trace, 'utf8'), 'clean\n');
    await sleeping(seconds, 0);
  });
}

for (const [way, stop] of [
  ['the end of input', (server: ServerProcess) => server.end()],
  ['SIGTERM', (server: ServerProcess) => void server.child.kill('SIGTERM')],
  [
    'a second signal',
    (server: ServerProcess) => {
      server.child.kill('SIGTERM');
      setTimeout(() => server.child.kill('SIGINT'), 300);
    },
  ],
] as const) {
  for (const kind of ['binary', 'bundle'] as const) {
    test(`${way} in the middle of a command leaves no process of the ${kind} behind`, async () => {
      const server = await start({ kind });
      const seconds = uniqueSeconds();
      const command = `trap '' TERM; setsid sleep ${seconds} & (setsid sleep ${seconds} &); sleep ${seconds} & sleep ${seconds}`;
      server.send({
        jsonrpc: '2.0',
        id: 1,
        method: 'tools/call',
        params: { name: NAME, arguments: { command } },
      });
      await sleeping(seconds, 4);
      stop(server);
      assert.equal(await server.exit(), cleanExit);
      await sleeping(seconds, 0);
    });
  }
}

test('keys of the server don’t reach its commands, whatever they are called', async () => {
  const key = 'c2VjcmV0LXRoYXQtaXMtbG9uZy1lbm91Z2gtZm9yLWEta2V5';
  const server = await start({
    env: {
      ANTHROPIC_API_KEY: 'sk-ant-fake',
      OTEL_EXPORTER_OTLP_HEADERS: 'authorization=x',
      TELEMETRYFLOW_MCP_SECURITY_STATE_KEY: key,
      COPY_OF_KEY: key,
      ORDINARY: 'value',
    },
  });
  const { stdout } = (await call(server, 1, { argv: ['/usr/bin/env'], env: { MINE: '1' } })).result
    .structuredContent;
  for (const hidden of ['ANTHROPIC', 'OTEL_', 'TELEMETRYFLOW_', 'COPY_OF_KEY', key, 'sk-ant-fake'])
    assert.not.match(stdout, hidden);
  for (const shown of ['ORDINARY=value\n', 'MINE=1\n', '/usr/bin']) assert.match(stdout, shown);
  assert.equal(await server.close(), cleanExit);
});

for (const [what, args, expected] of [
  ['a directory outside', { command: 'pwd', working_dir: outside }, 'outside'],
  ['a way out', { command: 'pwd', working_dir: `${allowed}/../outside` }, 'outside'],
  ['a directory that isn’t there', { command: 'pwd', working_dir: `${allowed}/none` }, 'none'],
  ['command and argv', { command: 'pwd', argv: ['pwd'] }, 'got both'],
  ['neither command nor argv', {}, 'got neither'],
  ['a program that isn’t there', { argv: ['no-such-program'] }, 'no-such-program'],
  [
    'arguments beyond what the system takes',
    { argv: ['echo', 'x'.repeat(4_000_000)] },
    'longer than this system takes',
  ],
  ['a timeout beyond the limit', { command: 'pwd', timeout: 601 }, '"timeout"'],
  ['an argument that doesn’t exist', { command: 'pwd', shell: '/bin/bash' }, '"shell"'],
] as const) {
  test(`${what} is refused as a result that says why; the next call is served`, async () => {
    const server = await start();
    const refused = await call(server, 1, args);
    assert.is(refused.result.isError, true);
    assert.match(textOf(refused), expected);
    assert.is((await call(server, 2, { command: 'true' })).result.isError, undefined);
    assert.equal(await server.close(), cleanExit);
  });
}

test('a long output keeps head and tail within the limit, and says what is missing', async () => {
  const server = await start();
  const command = "printf begin; head -c 5000000 /dev/zero | tr '\\0' a; printf end";
  const { result } = await call(server, 1, { command, max_output: 262_144 });
  const { stdout, truncated } = result.structuredContent;
  assert.is(truncated, true);
  assert.match(stdout, /^begina+\n\[\d+ bytes are left out here: to see all, .*\]\na+end$/);
  assert.ok(textOf({ result }).length < 262_144 + 1000);
  assert.equal(await server.close(), cleanExit);
});

test('5 MB come whole where the limit allows it; worse characters are cut before a line gets too long', async () => {
  const server = await start({ yaml: 'tools: { max_output_bytes: 8388608 }' });
  const whole = await call(server, 1, {
    command: "head -c 5000000 /dev/zero | tr '\\0' a",
    max_output: 8_388_608,
  });
  assert.is(whole.result.structuredContent.stdout.length, 5_000_000);
  const worse = await call(server, 2, { command: 'head -c 8000000 /dev/zero', max_output: 8_388_608 });
  assert.is(worse.result.structuredContent.truncated, true);
  assert.ok(Math.max(...server.lines.map((line) => Buffer.byteLength(line))) < 10 * 1024 * 1024);
  assert.equal(await server.close(), cleanExit);
});

test('a command that ended in time did so, though the server was stopped until long after', async () => {
  const server = await start();
  const answer = call(server, 1, { command: 'sleep 0.5; echo done', timeout: 1 });
  await delay(200);
  const pid = server.child.pid as number;
  process.kill(pid, 'SIGSTOP');
  await delay(1500);
  process.kill(pid, 'SIGCONT');
  const { result } = await answer;
  assert.not('isError' in result);
  assert.equal([result.structuredContent.timed_out, result.structuredContent.stdout], [false, 'done\n']);
  assert.equal(await server.close(), cleanExit);
});

test('a command tells progress to who asked for it', async () => {
  const server = await start();
  const more = { _meta: { progressToken: 'p' } };
  await call(server, 1, { command: 'echo a; sleep 0.7; echo b' }, more);
  const told = server.frames.filter(({ method }) => method === 'notifications/progress');
  assert.is(told.length, 2);
  assert.is(told[1].params.total, 30);
  assert.ok(told[0].params.progress < told[1].params.progress);
  assert.equal(await server.close(), cleanExit);
});

test('the allowlist lets its programs through, and nothing else', async () => {
  const yaml = 'security: { commands: { policy: allowlist, allowlist: ["/bin/echo fixed"] } }';
  const server = await start({ yaml });
  const good = await call(server, 1, { argv: ['/bin/echo', 'fixed', 'free'] });
  assert.is(good.result.structuredContent.stdout, 'fixed free\n');
  for (const [index, args] of [
    { argv: ['/bin/echo', 'free'] },
    { argv: ['echo', 'fixed'] },
    { command: '/bin/echo fixed' },
    { argv: ['/bin/echo', 'fixed'], env: { LD_PRELOAD: 'x.so' } },
  ].entries()) {
    assert.is((await call(server, 10 + index, args)).result.isError, true);
  }
  assert.equal(await server.close(), cleanExit);
});

test('with the policy off there is no such tool', async () => {
  const server = await start({ yaml: 'security: { commands: { policy: off } }' });
  const { result } = await server.request(1, 'tools/list');
  assert.not.ok(result.tools.some(({ name }: { name: string }) => name === NAME));
  assert.is((await call(server, 2, { command: 'true' })).error.data.code, 'tool.not-found');
  assert.equal(await server.close(), cleanExit);
});

const ask = 'security: { commands: { policy: ask } }';

test('the policy ask asks a legacy client before it runs anything', async () => {
  const server = await start({ yaml: ask, capabilities: { elicitation: {} } });
  for (const [id, action] of [
    [1, 'accept'],
    [2, 'decline'],
    [3, 'cancel'],
  ] as const) {
    const file = join(allowed, `legacy-${action}`);
    const params = { name: NAME, arguments: { command: `echo ran | tee ${file}` } };
    server.send({ jsonrpc: '2.0', id, method: 'tools/call', params });
    const question = await server.until(
      (frame) => frame.method === 'elicitation/create' && frame.params.message.includes(file),
    );
    server.send({
      jsonrpc: '2.0',
      id: question.id,
      result: { action, ...(action === 'accept' && { content: {} }) },
    });
    const { result } = await server.answer(id);
    assert.is(result.isError === true, action !== 'accept');
    assert.is((await call(server, 10 + id, {})).result.isError, true);
  }
  assert.equal(await server.close(), cleanExit);
});

/** A modern client that is asked about a command, and answers again and again. */
async function askedAbout(args: object) {
  const server = startSilent({ yaml: ask });
  const params = { name: NAME, arguments: args, _meta: modernMeta({ capabilities: { elicitation: {} } }) };
  const open = (await server.request('open', 'tools/call', params)).result;
  assert.is(open.resultType, 'input_required');
  let id = 0;
  const answer = async (
    approval: object,
    more: object = { requestState: open.requestState },
  ): Promise<Frame> => {
    id += 1;
    return server.request(id, 'tools/call', { ...params, inputResponses: { approval }, ...more });
  };
  return { server, answer, message: String(open.inputRequests.approval.params.message) };
}

const yes = { action: 'accept', content: {} };

test('the policy ask asks a modern client by its result, and runs once it has said yes', async () => {
  const { server, answer, message } = await askedAbout({ command: 'echo ran' });
  assert.match(message, '    | echo ran\n');
  const { result } = await answer(yes);
  assert.is(result.structuredContent.stdout, 'ran\n');
  assert.equal(await server.close(), cleanExit);
});

test('one approval is one run, though it comes three times and then ten times at once', async () => {
  const file = join(allowed, 'once');
  const { server, answer } = await askedAbout({ command: `echo ran >> ${file}; sleep 0.1` });
  assert.is((await answer(yes)).result.isError, undefined);
  for (let again = 0; again < 2; again++) assert.is((await answer(yes)).result.resultType, 'input_required');
  assert.is(readFileSync(file, 'utf8'), 'ran\n');
  const { result } = await answer(yes);
  const { requestState } = result;
  const results = await Promise.all(Array.from({ length: 10 }, () => answer(yes, { requestState })));
  assert.is(results.filter((each) => each.result.resultType === 'input_required').length, 9);
  assert.is(readFileSync(file, 'utf8'), 'ran\nran\n');
  assert.equal(await server.close(), cleanExit);
});

for (const [what, approval, more] of [
  ['a yes without a state', yes, {}],
  ['a yes after a no', yes, undefined],
] as const) {
  test(`${what} asks again`, async () => {
    const file = join(allowed, what.replaceAll(' ', '-'));
    const { server, answer } = await askedAbout({ command: `touch ${file}` });
    if (more === undefined) assert.is((await answer({ action: 'decline' })).result.isError, true);
    assert.is((await answer(approval, more)).result.resultType, 'input_required');
    assert.not(existsSync(file));
    assert.equal(await server.close(), cleanExit);
  });
}

for (const [what, approval, more] of [
  ['a yes with a state that was changed', yes, { requestState: 'A'.repeat(200) }],
  ['a yes for other arguments', yes, { arguments: { command: 'touch other' } }],
  ['words where nothing was asked', { action: 'accept', content: { approve: 'true' } }, {}],
  ['an action that there is not', { action: 'ACCEPT' }, {}],
  ['no action', { approve: true }, {}],
] as const) {
  test(`${what} is an error, and nothing runs`, async () => {
    const file = join(allowed, what.replaceAll(' ', '-'));
    const { server, answer } = await askedAbout({ command: `touch ${file}` });
    const { requestState } = (await answer(yes, {})).result;
    const { error } = await answer(approval, { requestState, ...more });
    assert.is(error.code, -32602);
    assert.not(existsSync(file));
    assert.equal(await server.close(), cleanExit);
  });
}

test('a legacy client’s answer counts once, and only as it was asked for', async () => {
  const server = await start({ yaml: ask, capabilities: { elicitation: {} } });
  for (const [id, results, runs] of [
    [1, [yes, yes], 1],
    [2, [{ action: 'decline' }, yes], 0],
    [3, [{ action: 'cancel' }, yes], 0],
    [4, [{ action: 'accept', content: { approve: 'true' } }, yes], 0],
    [5, [{ action: 'accept', content: { approve: false } }], 0],
    [6, [{ approve: true }, yes], 0],
    [7, [{ action: 'accept', content: null }], 1],
  ] as const) {
    const file = join(allowed, `answers-${id}`);
    writeFileSync(file, '');
    const params = { name: NAME, arguments: { command: `echo ran >> ${file}` } };
    server.send({ jsonrpc: '2.0', id, method: 'tools/call', params });
    const question = await server.until(
      (frame) => frame.method === 'elicitation/create' && frame.params.message.includes(file),
    );
    for (const result of results) server.send({ jsonrpc: '2.0', id: question.id, result });
    const { result } = await server.answer(id);
    assert.is(result?.isError === undefined, runs === 1, JSON.stringify(result));
    assert.is(readFileSync(file, 'utf8'), 'ran\n'.repeat(runs));
  }
  assert.equal(await server.close(), cleanExit);
});

test('the policy ask denies a client that can’t be asked, and says why', async () => {
  const legacy = await start({ yaml: ask });
  assert.match(textOf(await call(legacy, 1, { command: 'echo ran' })), 'does not offer elicitation');
  assert.equal(await legacy.close(), cleanExit);
  const modern = startSilent({ yaml: ask });
  const params = { name: NAME, arguments: { command: 'echo ran' }, _meta: modernMeta() };
  assert.match(textOf(await modern.request(1, 'tools/call', params)), 'does not offer elicitation');
  assert.equal(await modern.close(), cleanExit);
});

test('no more than so many run at once, and waiting can be cancelled', async () => {
  const server = await start({ yaml: 'tools: { max_concurrent_commands: 2 }' });
  const seconds = uniqueSeconds();
  const send = (id: number) =>
    server.send({
      jsonrpc: '2.0',
      id,
      method: 'tools/call',
      params: { name: NAME, arguments: { command: `sleep ${seconds}; true` } },
    });
  for (const id of [1, 2, 3]) send(id);
  await sleeping(seconds, 2);
  const fourth = call(server, 'fourth', { command: 'echo run' });
  await delay(300);
  await sleeping(seconds, 2);
  assert.not.ok(server.frames.some(({ id }) => id === 'fourth'));
  for (const requestId of [3, 1, 2])
    server.send({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId } });
  await sleeping(seconds, 0);
  assert.is((await fourth).result.structuredContent.stdout, 'run\n');
  assert.equal(await server.close(), cleanExit);
});

test.run();
