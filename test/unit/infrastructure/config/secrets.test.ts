import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createConfigurationSource } from '../../../../src/infrastructure/config/configuration-source.ts';
import { memoryHost } from './memory-host.ts';

const test = suite('no secret in what is said of a configuration');

const FILE = '/etc/tfo-mcp/tfo-mcp.yaml';

/** Everything that the command line can show of it. */
async function everything(text: string, environment: Record<string, string>): Promise<string> {
  const host = memoryHost({ files: { [FILE]: text }, environment });
  return JSON.stringify(await createConfigurationSource(host).load({}));
}

/** Given settings, in the file or as variables; "S3cret" must not come back, however it was cut or decoded. */
const given: readonly (readonly [text: string, environment?: Record<string, string>])[] = [
  ...['claude: { base_url: X }', 'server: { public_url: X }', 'security: { jwt: { jwks_url: X } }'].flatMap(
    (text) =>
      [
        'https://user:S3cret@host',
        'https://S3cret@host',
        'https://user:pa/S3cret@host',
        'https://user:pa@S3cret@host',
        'https://user:pa?S3cret@host',
        'https://user:pa#S3cret@host',
        'https://user:pa S3cret@host',
        "https://user:''S3cret@host",
        'https://user:pa\\"S3cret@host',
        'https://user:%53S3cret@host',
        'ftp://user:S3cret@host',
        'https:user:S3cret@host',
        'https:/user:S3cret@host',
        'https:\\\\\\\\user:S3cret@host',
        '//user:S3cret@host',
        'user:S3cret@host',
        'htps//user:S3cret@host',
        'https://user:S3cret@',
        'https://host/?token=S3cret',
        'https://host/path?x=1&key=S3cret#top',
        'https://host/#access_token=S3cret',
        ' https://user:S3cret@host ',
      ].map((url) => [text.replace('X', `"${url}"`)] as const),
  ),
  ['claude: { base_url: [https://user:S3cret@host] }'],
  ['claude: { base_url: { https://user:S3cret@host: 1 } }'],
  ['security: { jwt: { issuer: https://user:S3cret@host } }'],
  ['security: { allowed_origins: ["https://user:S3cret@host"] }'],
  ['security: { allowed_hosts: ["user:S3cret@host"] }'],
  ['server: { host: "http://user:S3cret@host" }'],
  ['server: { transport: "http://user:S3cret@host" }'],
  ['logging: { level: "sk-ant-S3cret" }'],
  ['logging: { level: aB3dE6gH9jS3cret0 }'],
  ['mcp: { page_size: "Bearer S3cretS3cret" }'],
  ['tools: { disabled: [aB3dE6gH9jS3cret0] }'],
  ['claude: { default_model: sk-ant-api03-S3cret }'],
  ['claude: { model: aB3dE6gH9jS3cret0 }'],
  ['claude: { api_kee: S3cret }'],
  ['claude: { api_key: S3cret, api_key: S3cret }'],
  ['claude: { api_key: [S3cret] }'],
  ['claude: { api_key: { S3cret: 1 } }'],
  ['claude: { api_key: "S3cret and more" }'],
  ['claude: { api_key: "S3cret'],
  ['claude:\n  api_key: S3cret\n bad: S3cret'],
  ['claude: { api_key: !S3cret x }'],
  ['claude: { api_key: *S3cret }'],
  ['claude: { api_key: &S3cret x }'],
  ['claude: { api_key_file: aB3dE6gH9jS3cret0 }'],
  ['claude: { api_key_file: sk-ant-S3cret }'],
  ['claude: S3cretS3cretS3cret00'],
  ['- S3cretS3cretS3cret00'],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a placeholder that nothing has replaced
  ['claude: { api_key: "${KEY:-S3cret}" }'],
  ['claude: { default_model: aB3dE6gH9jS3cret0 }'],
  ['', { TELEMETRYFLOW_MCP_CLAUDE_BASE_URL: 'ftp://user:S3cret@host' }],
  ['', { ANTHROPIC_BASE_URL: 'https://user:S3cret@host' }],
  ['', { ANTHROPIC_BASE_URL: 'https://host?S3cret' }],
  ['', { TELEMETRYFLOW_MCP_CLAUDE: '{"api_key": "S3cret"' }],
  ['', { TELEMETRYFLOW_MCP_CLAUDE: '{"base_url": "ftp://user:S3cret@host"}' }],
  ['', { TELEMETRYFLOW_MCP_CLAUDE_API_KEE: 'S3cret' }],
  ['', { TFO_MCP_CONFIG: 'https://user:S3cret@host/tfo.yaml' }],
];

for (const [text, environment = {}] of given) {
  test(`the report shows none of ${text} ${JSON.stringify(environment)}`, async () => {
    const shown = await everything(text, environment);
    assert.not.match(shown, /S3cret/i, shown);
  });
}

test('the report shows what is no secret', async () => {
  const shown = await everything('logging: { level: inof }\nserver: { host: "a@b" }', {});
  assert.match(shown, 'inof');
});

test.run();
