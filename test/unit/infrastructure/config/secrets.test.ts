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
  ...[
    'claude: { base_url: X }',
    'server: { public_url: X }',
    'server: { host: X }',
    'security: { jwt: { jwks_url: X } }',
    'security: { jwt: { issuer: X } }',
    'security: { allowed_hosts: [X] }',
    'security: { allowed_origins: [X] }',
  ].flatMap((text) =>
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
      'https://host/path#S3cret',
      'https://host?x=1#S3cret',
      'https://host/?S3cret',
      'https://user:S3cret%40host',
      'https://user:S3cret%2540host',
      'https://S3cret%40host/#x',
      'https://user:S3cret＠host',
      'https://S3cret﹫host',
      'https://user:S3crethost',
      'https://user:1#S3crethost',
      'https://user：S3crethost',
      'user:S3crethost',
      'htps://user:S3cret%40host',
      'https:user:S3cret%40host',
      'https://host:S3cret/',
      ' https://user:S3cret@host ',
    ].map((url) => [text.replace('X', `"${url}"`)] as const),
  ),
  ['claude: { base_url: [https://user:S3cret@host] }'],
  ['claude: { base_url: ["https://host#S3cret"] }'],
  ['security: { allowed_hosts: "https://host#S3cret" }'],
  ['claude: "https://host#S3cret"'],
  ['claude: { "https://host#S3cret" }'],
  ['"https://host#S3cret": 1'],
  ['claude: { "https://user:S3cret%40host": 1, "https://user:S3cret%40host": 2 }'],
  ...['allowed_directories: [X]', 'api_keys_file: X', 'state_key_file: X'].flatMap((text) => [
    [`security: { ${text.replace('X', '"https://host/a#S3cret"')} }`] as const,
    [`security: { ${text.replace('X', '"https://user:S3cret%40host"')} }`] as const,
    [`security: { ${text.replace('X', '"https://user:S3crethost"')} }`] as const,
  ]),
  ['logging: { output: "https://host/a#S3cret" }'],
  ['server: { name: "https://host/a#S3cret" }'],
  ['claude: { default_model: "https://host#S3cret" }'],
  ['', { TFO_MCP_CONFIG: 'https://host/tfo.yaml#S3cret' }],
  ['', { TFO_MCP_CONFIG: 'https://user:S3cret%40host/tfo.yaml' }],
  ['security: { jwt: { audience: "https://host#S3cret" } }'],
  ['claude: { base_url: { https://user:S3cret@host: 1 } }'],
  ['security: { jwt: { issuer: https://user:S3cret@host } }'],
  ['security: { allowed_origins: ["https://user:S3cret@host"] }'],
  ['security: { allowed_hosts: ["user:S3cret@host"] }'],
  ['server: { host: "http://user:S3cret@host" }'],
  ['server: { transport: "http://user:S3cret@host" }'],
  ['server: { transport: "http://host#S3cret" }'],
  ['server: { transport: "http://user:S3cret%40host" }'],
  ['server: { public_url: "https://user:1/S3cret@host" }'],
  ['server: { public_url: "https://user:1S3cret" }'],
  ['server: { public_url: "https://aB3dE6gH9jS3cret0/x?" }'],
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

/** Refused values, and what of them is no secret. */
for (const [text, shown] of [
  ['logging: { level: inof }', 'got "inof"; did you mean "info"'],
  ['server: { host: "localhost:8080" }', 'got "localhost:8080"'],
  ['server: { host: "http://localhost:8080/" }', 'got "http://localhost"'],
  [
    'server: { public_url: "https://mcp.example.com/mcp?" }',
    'got "https://mcp.example.com" with a path and a query',
  ],
  ['claude: { base_url: "api.example.com" }', 'got "api.example.com"'],
  ['claude: { base_url: "ftp://host/a?b#c" }', 'got "ftp://host" with a path, a query and a fragment'],
  ['claude: { base_url: "https://host?b=1#c" }', 'got "https://host" with a query and a fragment'],
  ['claude: { base_url: "https://user:pass@host" }', 'got a URL that begins with "https://"'],
  ['claude: { base_url: "https://user:passhost" }', 'got a URL that begins with "https://"'],
  ['claude: { base_url: "user:pass@host" }', 'got a text of 14 characters'],
  ['security: { allowed_hosts: ["*.example.com"] }', 'got "*.example.com" in it'],
  ['security: { allowed_origins: ["https://*.example.com"] }', 'got "https://*.example.com" in it'],
  ['security: { jwt: { jwks_url: "http://keys.example.com:99" } }', 'got "http://keys.example.com:99"'],
  ['tools: { disabled: ["mcp:read_file"] }', 'got "mcp:read_file" in it'],
  ['security: { commands: { allowlist: ["npm run"] } }', 'got "npm run" in it'],
] as const) {
  test(`the report shows what is no secret of ${text}`, async () => {
    const { problems } = await createConfigurationSource(memoryHost({ files: { [FILE]: text } })).load({});
    assert.ok(
      problems.some(({ message }) => message.includes(shown)),
      JSON.stringify(problems),
    );
  });
}

/** Origins that browsers do send. */
for (const origin of [
  'https://a.example.com',
  'http://[::1]:80',
  'app://-',
  'vscode-webview://0ab_c',
  'a.b',
]) {
  test(`an origin is taken as it is sent: ${origin}`, async () => {
    const text = JSON.stringify({ security: { allowed_origins: [origin] } });
    const { problems } = await createConfigurationSource(memoryHost({ files: { [FILE]: text } })).load({});
    assert.equal(problems, []);
  });
}

test.run();
