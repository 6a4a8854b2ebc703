import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { bundle } from '../../../build/bundle.ts';
import { cache } from '../../../build/paths.ts';
import { slimClaudeSdk } from '../../../build/slim-claude-sdk.ts';
import { failureOf } from '../../support/failure.ts';

const test = suite('slimClaudeSdk', { folder: '' });

test.before((context) => {
  mkdirSync(cache, { recursive: true });
  context.folder = mkdtempSync(join(cache, 'slim-'));
});
test.after(({ folder }) => rmSync(folder, { recursive: true }));

/** The size and output of a file, bundled. */
async function made(folder: string, source: string, plugins = [slimClaudeSdk]) {
  const [entry, outfile] = [join(folder, 'main.ts'), join(folder, 'bundle.cjs')];
  writeFileSync(entry, source);
  await bundle({ entry, outfile, plugins });
  const { stdout, stderr } = spawnSync(process.execPath, [outfile], { encoding: 'utf8' });
  return { size: statSync(outfile).size, output: stdout + stderr };
}

const user = `
  import { Anthropic, APIError } from '@anthropic-ai/sdk';
  const client = new Anthropic({ apiKey: 'x' });
  const error = client.makeStatusError(400, { error: { details: { error_code: 'bundle_on_call' } } }, '', new Headers());
  console.log(error instanceof APIError, error.status, typeof client.messages.stream, typeof client.beta.messages);`;

test('the plugin leaves out most of the SDK; its errors stay errors', async ({ folder }) => {
  const [slim, whole] = [await made(folder, user), await made(folder, user, [])];
  assert.is(slim.output, 'true 400 function undefined\n');
  assert.is(whole.output, 'true 400 function object\n');
  assert.ok(slim.size < whole.size / 2, `${slim.size} of ${whole.size}`);
});

test('the plugin says when the SDK has nothing to leave out', async ({ folder }) => {
  const sdk = join(folder, 'node_modules/@anthropic-ai/sdk');
  mkdirSync(sdk, { recursive: true });
  writeFileSync(join(sdk, 'package.json'), '{ "name": "@anthropic-ai/sdk", "main": "index.js" }');
  writeFileSync(join(sdk, 'index.js'), 'export const Anthropic = 1;');
  const source = `import { Anthropic } from '@anthropic-ai/sdk'; console.log(Anthropic);`;
  const error = await failureOf(made(folder, source));
  assert.match(String(error), /without warnings.*look anew/);
});

test.run();
