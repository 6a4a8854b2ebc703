import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { canRun, runnerOf } from '../../../build/runner.ts';
import { executableName, hostTarget, targetNamed, targetNames, targets } from '../../../build/targets.ts';

const test = suite('targets');

test('are three systems on two processors, each once', () => {
  const pairs = targetNames.map((name) => `${targets[name].os} ${targets[name].arch}`);
  assert.equal(pairs.sort(), [
    'linux arm64',
    'linux x64',
    'macos arm64',
    'macos x64',
    'windows arm64',
    'windows x64',
  ]);
});

test('have the names that each system runs', () => {
  assert.is(executableName('win-arm64'), 'tfo-mcp.exe');
  assert.is(executableName('macos-arm64'), 'tfo-mcp');
});

test('are known by name', () => {
  assert.is(targetNamed('linux-x64'), 'linux-x64');
  assert.throws(() => targetNamed('linux'), /a target to be one of linux-x64, .*, got "linux"/);
});

test('run on this machine, or it is named what is lacking', () => {
  assert.equal(runnerOf(hostTarget()), { name: 'this machine', prefix: [], env: {} });
  const others = targetNames.filter((target) => target !== hostTarget());
  for (const runner of others.map(runnerOf)) {
    assert.ok(canRun(runner) ? runner.prefix.length > 0 : runner.lacking.length > 0);
  }
});

test.run();
