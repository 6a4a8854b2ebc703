import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { HttpClient } from '../support/http-client.ts';
import { connectTo, networkClients } from '../support/network-client.ts';
import { killNetworkServers, NetworkServer } from '../support/network-server.ts';
import type { Frame } from '../support/server-process.ts';

const test = suite('the user is asked over the network');
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'asking-network-')));
const file = join(folder, 'file.txt');
test.after(killNetworkServers);
test.after(() => rmSync(folder, { recursive: true, force: true }));

const configuration = join(folder, 'given.yaml');
writeFileSync(configuration, 'security:\n  confirm_overwrite: true\n  commands: { policy: ask }\n');

/** A replica, with a key for its state or one of its own. */
const start = (stateKey?: string) =>
  NetworkServer.start({
    kind: 'bundle',
    args: ['--config', configuration, '--allow', folder],
    cwd: folder,
    ...(stateKey !== undefined && { env: { TELEMETRYFLOW_MCP_SECURITY_STATE_KEY: stateKey } }),
  });

const server = await start();

for (const each of networkClients) {
  test(`${each.name} ${each.path}: what the user accepts is done, and nothing else`, async () => {
    const questions: string[] = [];
    let action = 'decline';
    const { client, callTool, complaints } = await connectTo(server, each, {
      capabilities: { elicitation: {} },
      answers: {
        'elicitation/create': async ({ message }) => {
          questions.push(message);
          return { action, ...(action === 'accept' && { content: {} }) };
        },
      },
    });
    const write = () => callTool({ name: 'write_file', arguments: { path: file, content: 'new' } }, {});
    const run = () =>
      callTool({ name: 'execute_command', arguments: { argv: ['touch', 'made'], working_dir: folder } }, {});
    writeFileSync(file, 'old');
    rmSync(join(folder, 'made'), { force: true });

    for (const refused of [await write(), await run()]) {
      assert.is(refused.isError, true);
      assert.match(refused.content[0].text, /The user declined/);
    }
    assert.is(readFileSync(file, 'utf8'), 'old');
    assert.not(existsSync(join(folder, 'made')));

    action = 'accept';
    for (const done of [await write(), await run()]) assert.is(done.isError, undefined, JSON.stringify(done));
    assert.is(readFileSync(file, 'utf8'), 'new');
    assert.ok(existsSync(join(folder, 'made')));
    assert.is(questions.length, 4);
    for (const at of [0, 2]) assert.ok(questions[at]?.includes(file));
    for (const at of [1, 3]) assert.ok(questions[at]?.includes('touch'));
    await client.close();
    assert.equal(complaints, []);
  });

  test(`${each.name} ${each.path}: a client with nobody to ask is told so`, async () => {
    const { client, callTool } = await connectTo(server, each);
    writeFileSync(file, 'old');
    const refused = await callTool({ name: 'write_file', arguments: { path: file, content: 'new' } }, {});
    assert.is(refused.isError, true);
    assert.match(refused.content[0].text, /does not offer elicitation/);
    assert.is(readFileSync(file, 'utf8'), 'old');
    await client.close();
  });
}

test('a replica with the same key asks again what another one asked; one with another key refuses the state', async () => {
  const key = Buffer.alloc(32, 7).toString('base64');
  const [asking, same, other] = await Promise.all([
    start(key),
    start(key),
    start(Buffer.alloc(32, 8).toString('base64')),
  ]);
  const call = async (replica: NetworkServer, more: Frame = {}): Promise<Frame> => {
    const params = { name: 'write_file', arguments: { path: file, content: 'by a replica' }, ...more };
    const meta = { capabilities: { elicitation: {} } };
    return await (await new HttpClient(replica.port).modern('tools/call', params, { meta })).json();
  };
  const { result } = await call(asking);
  assert.is(result.resultType, 'input_required');
  const answer = {
    inputResponses: { approval: { action: 'accept', content: {} } },
    requestState: result.requestState,
  };
  assert.is((await call(other, answer)).error.code, -32602);
  assert.is.not(readFileSync(file, 'utf8'), 'by a replica');
  assert.is((await call(same, answer)).result.resultType, 'input_required');
  assert.is.not(readFileSync(file, 'utf8'), 'by a replica');
  assert.is((await call(asking, answer)).result.isError, undefined);
  assert.is(readFileSync(file, 'utf8'), 'by a replica');
  for (const replica of [asking, same, other]) await replica.stop();
});

test('the server ends well after all that', () => server.stop());

test.run();
