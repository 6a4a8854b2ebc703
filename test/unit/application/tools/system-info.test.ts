import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { SystemFacts } from '../../../../src/application/ports/system-information.ts';
import { systemInfoTool } from '../../../../src/application/tools/system-info.ts';
import { structuredResult } from '../../../../src/domain/tool/tool-result.ts';
import { fakeContext } from '../fake-context.ts';

const test = suite('system-info');

const facts: SystemFacts = {
  platform: 'linux',
  release: '6.1',
  version: '#1 SMP',
  architecture: 'x64',
  hostname: 'ada',
  user: 'ada',
  cwd: '/home/ada',
  cpus: { count: 2, model: 'A processor' },
  memory: { total: 8, free: 4 },
  load: [0.5, 0.25, 0],
  uptime: 60,
  runtime: { name: 'node', version: 'v22.0.0' },
};
const server = { name: 'tfo-mcp', version: '1.2.3' };

test('the tool tells what the system says, and which server this is', async () => {
  const tool = systemInfoTool({ read: async () => facts }, server);
  assert.equal(await tool.run({}, fakeContext()), structuredResult({ ...facts, server }));
});

test('the tool reads the system anew at every call', async () => {
  let uptime = 0;
  const tool = systemInfoTool(
    {
      read: async () => {
        uptime += 1;
        return { ...facts, uptime };
      },
    },
    server,
  );
  await tool.run({}, fakeContext());
  assert.is((await tool.run({}, fakeContext())).structuredContent?.['uptime'], 2);
});

test('the tool refuses facts that its own schema doesn’t know', async () => {
  const wrong = { ...facts, load: [1, 2] } as unknown as SystemFacts;
  const outcome = await Promise.resolve(
    systemInfoTool({ read: async () => wrong }, server).run({}, fakeContext()),
  ).catch((error) => error.code);
  assert.is(outcome, 'tool.output-invalid');
});

test('the tool takes no arguments', async () => {
  const { isError } = await systemInfoTool({ read: async () => facts }, server).run(
    { all: true },
    fakeContext(),
  );
  assert.ok(isError);
});

test.run();
