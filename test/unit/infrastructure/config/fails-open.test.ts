import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { loadConfiguration } from '../../../../src/infrastructure/config/load-configuration.ts';
import { memoryHost } from './memory-host.ts';

const test = suite('what would fail open');

const FILE = '/etc/tfo-mcp/tfo-mcp.yaml';
const DIRECTORY = { code: 'EISDIR' };
const KEY = 'ab'.repeat(32);
const SHA = 'cd'.repeat(32);
const KEYS = `{"keys":[{"id":"0123456789abcdef","sha256":"${SHA}","scopes":["*"],"created":"2026-01-01T00:00:00.000Z"}]}`;
const THERE = {
  '/': DIRECTORY,
  '/srv': DIRECTORY,
  '/home': DIRECTORY,
  '/etc/tfo-mcp': DIRECTORY,
  '/etc/tfo-mcp/a': DIRECTORY,
  '/etc/tfo-mcp/b': DIRECTORY,
  '/fixed': DIRECTORY,
  '/dev/null': { code: 'ENXIO' },
  '/file': '',
  '/bin/ls': '',
  '/fixed/log': '',
  '/open.key': KEY,
  '/own.key': KEY,
  '/keys.json': KEYS,
  '/open.json': KEYS,
  '/writable.json': KEYS,
  '/wrong.json': '{"keys":[{}]}',
};
const modes = { '/open.key': 0o644, '/open.json': 0o640, '/writable.json': 0o620 };

async function load(text: string, environment: Record<string, string> = {}, mode = 0o600) {
  const host = memoryHost({
    files: { ...THERE, [FILE]: text },
    modes: { ...modes, [FILE]: mode },
    readOnly: ['/fixed', '/fixed/log'],
    environment,
  });
  return await loadConfiguration({}, host);
}

const HTTP = 'server: { transport: http }\n';

/** A file, and what its one problem says; each would else be taken, without the effect that it was meant to have. */
const refusedFiles: readonly (readonly [string, RegExp])[] = [
  ['tools: { disabled: [execute_comand] }', /got "execute_comand" in it; did you mean "execute_command"\?$/],
  ['tools: { disabled: execute_comand }', /did you mean "execute_command"\?$/],
  ['tools: { disabled: [EXECUTE_COMMAND] }', /did you mean "execute_command"\?$/],
  ['tools: { disabled: [execute-command] }', /did you mean "execute_command"\?$/],
  ['tools: { disabled: [shell] }', /\(echo, read_file, .*\), got "shell" in it$/],
  ['tools: { disabled: [execute_command, ~] }', /got nothing in it$/],
  ['tools: { disabled: "execute_command write_file" }', /got "execute_command write_file" in it/],
  ['tools: { disabled: "execute_command;write_file" }', /in it/],
  ['tools: { disabled: "execute_command," }', /got "" in it$/],
  ['tools: { disabled: { execute_command: true } }', /got a mapping$/],
  ['tools: { disabled: "" }', /got ""$/],
  ['tools: { disabled: true }', /got true$/],
  ['tools: { disabled: ["execute_command\\0"] }', /without control characters/],
  ['tools: { disabled: [constructor] }', /got "constructor" in it$/],
  ['tools: { disabled: [echo], disabled: [] }', /given twice/],
  [
    'tools: { disable: [execute_command] }',
    /Unknown key "tools\.disable"; did you mean "tools\.disabled"\?$/,
  ],
  ['tool: { disabled: [execute_command] }', /Unknown section "tool"; did you mean "tools"\?$/],
  ['Tools: { disabled: [execute_command] }', /did you mean "tools"\?$/],
  ['security: { read_only: "" }', /got ""$/],
  ['security: { read_only: maybe }', /got "maybe"$/],
  ['security: { read_only: [true] }', /got \[true\]$/],
  ['security: { readonly: true }', /did you mean "security\.read_only"\?$/],
  ['security: { read_only: true, read_only: false }', /given twice/],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a placeholder that nothing has replaced
  ['security: { read_only: "${READ_ONLY}" }', /placeholder/],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a placeholder that nothing has replaced
  ['security: { allowed_directories: ["${workspaceFolder}"] }', /placeholder/],
  ['security: { allowed_directories: ["$HOME/work"] }', /placeholder/],
  ['security: { allowed_directories: ["%USERPROFILE%\\\\work"] }', /placeholder/],
  ['security: { allowed_directories: [/srv, "$HOME/work"] }', /placeholder.* replaced, as entry 2$/],
  ['server: { name: "{{ .Values.name }}" }', /placeholder/],
  ['security: { allowed_directories: "" }', /got ""$/],
  ['security: { allowed_directories: [""] }', /got "" in it$/],
  ['security: { allowed_directories: [~] }', /got nothing in it$/],
  ['security: { allowed_directories: ["/srv\\0/etc"] }', /without control characters/],
  ['security: { allowed_directories: { /srv: true } }', /got a mapping$/],
  ['security: { allowed_directories: false }', /got false$/],
  ['security: { commands: { policy: no } }', /got "no"$/],
  ['security: { commands: { policy: false } }', /got false$/],
  ['security: { commands: { policy: [off] } }', /got \["off"\]$/],
  ['security: { commands: { policy: alowlist } }', /did you mean "allowlist"\?$/],
  ['security: { commands: { policy: !off } }', /Tags/],
  ['security: { commands: { allowlist: [/bin/ls] } }', /Expected security\.commands\.policy beside/],
  ['security: { commands: { policy: allowlist, allowlist: [ls] } }', /got "ls" in it$/],
  [
    'security: { commands: { policy: allowlist } }',
    /allowlist to name the programs .* set the policy to "off"$/,
  ],
  ['security: { commands: { policy: allowlist, allowlist: [] } }', /got none: list programs/],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a placeholder that nothing has replaced
  ['claude: { api_key: "${ANTHROPIC_API_KEY}" }', /placeholder/],
  ['claude: { api_key: $ANTHROPIC_API_KEY }', /placeholder/],
  ['claude: { api_key: "%ANTHROPIC_API_KEY%" }', /placeholder/],
  ['claude: { api_key: "{env:ANTHROPIC_API_KEY}" }', /placeholder/],
  ['claude: { api_key: "<your key>" }', /placeholder/],
  [`${HTTP}security: { api_keys_file: /wrong.json }`, /something else at "keys\.0\.id"$/],
  [`${HTTP}security: { api_keys_file: /file }`, /it is no JSON$/],
  [`${HTTP}security: { api_keys_file: /srv }`, /it is no regular file$/],
  [`${HTTP}security: { api_keys_file: /writable.json }`, /chmod go-w"$/],
  ['security: { commands: { policy: allowlist, allowlist: ["/bin/ls \\"-l"] } }', /in it$/],
  ['security: { command: { policy: off } }', /did you mean "security\.commands"\?$/],
  ['security: { commands: off }', /got "off"$/],
  ['security: &a { read_only: true }\ntools: *a', /written out, got a YAML alias/],
  ['security:\n\tread_only: true', /Tabs/],
  ['security: { allowed_hosts: ["*.example.com"] }', /no patterns, got "\*\.example\.com" in it$/],
  ['security: { allowed_hosts: ["*"] }', /no patterns/],
  ['security: { allowed_hosts: ["h:0"] }', /got "h:0" in it$/],
  ['security: { allowed_hosts: ["h:65536"] }', /got "h:65536" in it$/],
  ['server: { public_url: "https://*.example.com" }', /to be an http or https URL/],
  ['security: { allowed_hosts: ["https://mcp.example.com"] }', /in it$/],
  ['security: { allowed_hosts: ["::1"] }', /in it$/],
  ['security: { allowed_origins: ["https://*.example.com"] }', /no patterns/],
  ['security: { allowed_origins: ["https://app.example.com/"] }', /in it$/],
  ['server: { host: "http://127.0.0.1" }', /without a port/],
  ['server: { host: "127.0.0.1:80" }', /without a port/],
  ['server: { host: "*" }', /without a port/],
  [
    'security: { trusted_proxies: [localhost] }',
    /addresses and ranges such as "10\.0\.0\.0\/8", got "localhost" in it$/,
  ],
  ['security: { trusted_proxies: ["*"] }', /in it$/],
  ['security: { trusted_proxies: [10.0.0.0/33] }', /got "10\.0\.0\.0\/33" in it$/],
  ['server: { public_url: "https://example.com/tfo?x" }', /with or without a path/],
  ['server: { transport: "stdio " , transport: http }', /given twice/],
  ['server: { transport: [htpp] }', /did you mean "http"\?$/],
  ['server: { transport: "http sse" }', /got "http sse"/],
  ['logging: { level: wran }', /did you mean "warn"\?$/],
];

for (const [text, message] of refusedFiles) {
  test(`the loader refuses ${text}`, async () => {
    const { configuration, problems } = await load(text);
    assert.is(configuration, undefined);
    assert.is(problems.length, 1, JSON.stringify(problems));
    assert.match(problems[0]?.message ?? '', message);
  });
}

const PREFIX = 'TELEMETRYFLOW_MCP_';

const refusedVariables: readonly (readonly [name: string, value: string, RegExp])[] = [
  ['TOOLS_DISABLED', 'execute_comand', /did you mean "execute_command"\?$/],
  ['TOOLS_DISABLED', 'echo execute_command', /got "echo execute_command" in it/],
  ['TOOLS_DISABLED', '["execute_comand"]', /did you mean "execute_command"\?$/],
  ['TOOLS_DISABLED', '[execute_command', /got "\[execute_command"; did you mean "execute_command"\?$/],
  ['TOOLS_DISABLED', ' ', /got " "$/],
  ['TOOLS', '{"disabled": ["execute_comand"]}', /did you mean "execute_command"\?$/],
  ['TOOLS', '["execute_command"]', /JSON object/],
  ['TOOLS_DISABLD', 'execute_command', /did you mean "TELEMETRYFLOW_MCP_TOOLS_DISABLED"\?$/],
  ['TOOLS_SWITCHED_OFF', 'execute_command', /^Unknown environment variable/],
  ['SECURITY_READONLY', 'true', /did you mean "TELEMETRYFLOW_MCP_SECURITY_READ_ONLY"\?$/],
  ['SECURITY_READ_ONLY', 'enabled', /got "enabled"$/],
  ['SECURITY_COMMANDS_POLICY', 'none', /got "none"$/],
  ['SECURITY_ALLOWED_DIRECTORIES', ',', /got "" in it$/],
];

for (const [name, value, message] of refusedVariables) {
  test(`the loader refuses ${name}=${value}`, async () => {
    const { configuration, problems } = await load('', { [`${PREFIX}${name}`]: value });
    assert.is(configuration, undefined);
    assert.match(problems[0]?.message ?? '', message);
  });
}

test('the loader refuses the variable of a guard in small letters, which is another name, but on Windows', async () => {
  const environment = { telemetryflow_mcp_security_read_only: 'true' };
  assert.match((await load('', environment)).problems[0]?.message ?? '', /did you mean/);
});

test('the loader names every unknown entry at once', async () => {
  const { problems } = await load('tools: { disabled: [a, echo, b] }');
  assert.is(problems.length, 2);
});

for (const [text, key, value] of [
  ['tools: { disabled: [" execute_command "] }', 'tools.disabled', ['execute_command']],
  ['tools: { disabled: "execute_command, write_file" }', 'tools.disabled', ['execute_command', 'write_file']],
  ['security: { read_only: "yes" }', 'security.read_only', true],
  ['security: { read_only: ON }', 'security.read_only', true],
  ['security: { commands: { policy: off } }', 'security.commands.policy', 'off'],
  ['security: { commands: { policy: " OFF " } }', 'security.commands.policy', 'off'],
  [
    'security: { allowed_hosts: ["[::1]:8080", "mcp.example.com"] }',
    'security.allowed_hosts',
    ['[::1]:8080', 'mcp.example.com'],
  ],
  [
    'security: { allowed_origins: ["vscode-webview://abc", localhost] }',
    'security.allowed_origins',
    ['vscode-webview://abc', 'localhost'],
  ],
  ['server: { host: "::1" }', 'server.host', '::1'],
] as const) {
  test(`the loader takes ${text}`, async () => {
    const { problems, settings } = await load(text);
    assert.equal(problems, []);
    assert.equal(settings().find((setting) => setting.key === key)?.value, value);
  });
}

test.run();
