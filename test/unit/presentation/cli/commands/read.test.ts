import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { ResourceDefinition } from '../../../../../src/application/resources/define-resource.ts';
import type { ResourceContents } from '../../../../../src/domain/shared/content-block.ts';
import { DomainError } from '../../../../../src/domain/shared/domain-error.ts';
import { read } from '../../../../../src/presentation/cli/commands/read.ts';
import { failureOf } from '../../../../support/failure.ts';
import { madeUpCode } from '../../../../support/made-up-code.ts';
import { RecordingTerminal } from '../recording-terminal.ts';
import { sampleServices } from '../sample-services.ts';

const test = suite('read');

const never = new AbortController().signal;

function resource(uri: string, give: () => Partial<ResourceContents>): ResourceDefinition {
  return {
    resource: { uri, name: uri, description: 'For tests' },
    read: async () => [{ uri, mimeType: 'x/y', ...give() }],
  };
}

const resources = [
  resource('sample://text', () => ({ text: 'no end' })),
  resource('sample://bytes', () => ({ blob: Buffer.of(0, 255).toString('base64') })),
  resource('sample://broken', () => {
    throw new DomainError(madeUpCode('sample.broken'), 'unavailable', 'It is broken');
  }),
];

async function run(
  uri: string,
  { json = false, shown = false, services = sampleServices({ resources }) } = {},
) {
  const terminal = new RecordingTerminal({ shown });
  const code = await read({ command: 'read', request: {}, json, uri }, services, terminal, never);
  return { code, output: terminal.output, messages: terminal.messages };
}

test('the command prints text, and bytes as they are where no terminal shows them', async () => {
  assert.equal(await run('sample://text'), { code: 0, output: 'no end', messages: '' });
  assert.equal(await run('sample://text', { shown: true }), { code: 0, output: 'no end', messages: '' });
  assert.equal(await run('sample://bytes'), { code: 0, output: '00ff', messages: '' });
});

test('the command shows no bytes on a terminal', async () => {
  assert.equal(await run('sample://bytes', { shown: true }), {
    code: 1,
    output: '',
    messages:
      'error: Expected text to show on a terminal, got "sample://bytes" (x/y, 2 bytes); redirect it, or use --json',
  });
});

test('the command prints everything as JSON, on a terminal too', async () => {
  const { code, output } = await run('sample://bytes', { json: true, shown: true });
  assert.is(code, 0);
  assert.equal(JSON.parse(output), { contents: [{ uri: 'sample://bytes', mimeType: 'x/y', blob: 'AP8=' }] });
});

test('the command suggests the resource that was probably meant', async () => {
  const mistyped = await failureOf(run('sample://txt'));
  assert.equal(
    [mistyped.name, mistyped.message],
    ['UsageError', 'Unknown resource "sample://txt"; did you mean "sample://text"?'],
  );
  const name = await failureOf(run('everything'));
  assert.equal(
    [name.name, name.message],
    ['UsageError', 'Unknown resource "everything"; there are sample://text, sample://bytes, sample://broken'],
  );
});

test('the command says what fails as it fails', async () => {
  assert.is((await failureOf(run('other://thing'))).message, 'There is no resource "other://thing"');
  assert.is((await failureOf(run('sample://broken'))).message, 'It is broken');
});

test.run();
