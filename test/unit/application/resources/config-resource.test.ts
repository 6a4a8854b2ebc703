import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { configResource } from '../../../../src/application/resources/config-resource.ts';
import { fakeContext } from '../fake-context.ts';

const test = suite('config-resource');

test('the resource tells every setting nested as in the file, with its origin, in the order of the reference', async () => {
  const definition = configResource(() => [
    { key: 'server.name', value: 'tfo-mcp', origin: 'default' },
    { key: 'logging.level', value: 'debug', origin: '--log-level' },
    { key: 'logging.file', value: undefined, origin: 'default' },
    { key: 'claude.api_key', value: '********', origin: 'ANTHROPIC_API_KEY' },
    { key: 'tools.disabled', value: ['echo'], origin: '/home/me/tfo-mcp.yaml:3' },
    { key: 'security.commands.policy', value: 'off', origin: 'default' },
  ]);
  const [contents] = await definition.read(fakeContext());
  assert.equal([contents?.uri, contents?.mimeType], ['config://server', 'application/json']);
  assert.is(
    contents?.text,
    JSON.stringify({
      server: { name: { value: 'tfo-mcp', origin: 'default' } },
      logging: {
        level: { value: 'debug', origin: '--log-level' },
        file: { value: null, origin: 'default' },
      },
      claude: { api_key: { value: '********', origin: 'ANTHROPIC_API_KEY' } },
      tools: { disabled: { value: ['echo'], origin: '/home/me/tfo-mcp.yaml:3' } },
      security: { commands: { policy: { value: 'off', origin: 'default' } } },
    }),
  );
});

test('the resource is asked for its settings when it is read, and may be kept for a minute', async () => {
  let asked = 0;
  const definition = configResource(() => {
    asked += 1;
    return [];
  });
  assert.equal([definition.resource.uri, definition.resource.ttlMs, asked], ['config://server', 60_000, 0]);
  await definition.read(fakeContext());
  assert.is(asked, 1);
});

test('the resource has nothing to watch: the configuration can’t change under a running server', () => {
  assert.is(configResource(() => []).watch, undefined);
});

test.run();
