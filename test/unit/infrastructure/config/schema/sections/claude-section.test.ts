import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { currentModel } from '../../../../../../src/infrastructure/claude/model-table.ts';
import { loadConfiguration } from '../../../../../../src/infrastructure/config/load-configuration.ts';
import { memoryHost } from '../../memory-host.ts';

const test = suite('claude section');

const FILE = '/etc/tfo-mcp/tfo-mcp.yaml';

const load = (claude: string, files = {}) =>
  loadConfiguration({}, memoryHost({ files: { [FILE]: `claude: { ${claude} }`, ...files } }));

async function settingOf(name: string, text: string): Promise<unknown> {
  const { configuration, problems } = await load(`${name}: ${text}`);
  const section: Record<string, unknown> = { ...configuration?.claude };
  return problems.length > 0 ? problems.map(({ message }) => message).join() : section[name];
}

test('the section takes the key from a file, without the line end', async () => {
  const { configuration, secrets } = await load('api_key_file: key', { '/etc/tfo-mcp/key': 'sk-ant-1\n' });
  assert.is(configuration?.claude.api_key, 'sk-ant-1');
  assert.equal(secrets, ['sk-ant-1']);
});

test('the section shows no key, not even a wrong one', async () => {
  assert.is(
    await settingOf('api_key', '"sk ant"'),
    'Expected claude.api_key to be an API key, without blanks, got ********',
  );
  const { settings } = await load('api_key: sk-ant-1');
  assert.is(settings().find(({ key }) => key === 'claude.api_key')?.value, '********');
});

test('the section takes a gateway as base URL, and nothing that would hide a secret or a path of its own', async () => {
  const expected =
    'Expected claude.base_url to be an http or https URL, without user, query and fragment, got';
  assert.is(await settingOf('base_url', 'http://127.0.0.1:8080/claude'), 'http://127.0.0.1:8080/claude');
  for (const url of ['x', 'ftp://h', 'https://u:p@h', 'https://h?a=b', 'https://h#a'])
    assert.ok(String(await settingOf('base_url', `"${url}"`)).startsWith(expected), url);
});

test('means the current model where a retired one is given, and says so', async () => {
  const { configuration, notices } = await load('default_model: claude-3-opus-20240229');
  assert.is(configuration?.claude.default_model, currentModel);
  assert.equal(notices, [
    `Setting "claude.default_model" (${FILE}:1:26) means "${currentModel}", since that model is retired`,
  ]);
});

test('the section takes a model that it does not know', async () => {
  assert.is(await settingOf('default_model', 'claude-opus-9'), 'claude-opus-9');
});

test('the section takes a temperature as the older servers do, and says what more than 1 means', async () => {
  const { configuration, notices } = await load('temperature: 1.5');
  assert.is(configuration?.claude.temperature, 1);
  assert.equal(notices, [`Setting "claude.temperature" (${FILE}:1:24) means 1, the most there is`]);
  assert.match(
    String(await settingOf('temperature', '2.1')),
    'Expected claude.temperature to be a number from 0 to 2',
  );
  assert.equal((await load('temperature: 2.1')).notices, []);
});

test.run();
