import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { root } from '../../build/paths.ts';

const test = suite('make run');

test('the demonstration finds every answer right, and ends with a snippet that holds', () => {
  const output = execFileSync(process.execPath, [join(root, 'test/support/demo.ts')], { encoding: 'utf8' });
  assert.not.match(output, '✗');
  assert.not.match(output, '\u001b');
  assert.match(output, /✓ \d+ requests, \d+ right answers, a clean end\n/);
  const { mcpServers } = JSON.parse(output.slice(output.indexOf('{\n')));
  assert.ok(existsSync(mcpServers.tfo.command));
});

test.run();
