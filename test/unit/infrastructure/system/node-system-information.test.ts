import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { systemInfoTool } from '../../../../src/application/tools/system-info.ts';
import { NodeSystemInformation } from '../../../../src/infrastructure/system/node-system-information.ts';
import { fakeContext } from '../../application/fake-context.ts';

const test = suite('node-system-information');

test('the adapter tells what the machine and the process are', async () => {
  const facts = await new NodeSystemInformation().read();
  assert.is(facts.platform, process.platform);
  assert.is(facts.architecture, process.arch);
  assert.is(facts.cwd, process.cwd());
  assert.equal(facts.runtime, { name: 'node', version: process.version });
  for (const text of [facts.release, facts.version, facts.hostname, facts.user, facts.cpus.model]) {
    assert.match(text, /\S/);
  }
  assert.ok(Number.isInteger(facts.uptime) && facts.uptime >= 0);
  assert.ok(0 < facts.memory.free && facts.memory.free <= facts.memory.total);
  assert.is(facts.load.length, 3);
});

test('the adapter tells what the tool promises', async () => {
  const tool = systemInfoTool(new NodeSystemInformation(), { name: 'n', version: 'v' });
  assert.not((await tool.run({}, fakeContext())).isError);
});

test.run();
