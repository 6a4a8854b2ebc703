import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { loadConfiguration } from '../../../../../src/infrastructure/config/load-configuration.ts';
import { memoryHost } from '../memory-host.ts';

const test = suite('doubtful settings');

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
const JWT = 'jwt: { issuer: https://a, audience: b, jwks_url: https://a/keys }';
const ONE_BY_ONE = 'is not there. Give each directory as an entry of the list, or by an --allow of its own:';

for (const [text, environment, notice] of [
  ['security: { api_keys_file: "" }', {}, /"security\.api_keys_file" .* is empty, and counts as not set$/],
  ['', { TELEMETRYFLOW_MCP_SECURITY_READ_ONLY: '' }, /"TELEMETRYFLOW_MCP_SECURITY_READ_ONLY" is empty/],
  ...[
    [
      '[/nowhere]',
      'Directory "/nowhere"',
      'is not there: make it and start the server again, or give another',
    ],
    ...['/home/$USER/work', '/home/%USER%', '/srv/{{cwd}}', '/srv/*', '/srv/a?'].map((path) => [
      `["${path}"]`,
      `Directory "${path}"`,
      'is not there. Variables and patterns are not replaced: write the path out',
    ]),
    ['[/file]', 'Directory "/file"', 'is not a directory: give the one that it is in'],
    ['["/srv:/home"]', 'Directory "/srv:/home"', `${ONE_BY_ONE} "/srv", "/home"`],
    ['["/srv;/home;"]', 'Directory "/srv;/home;"', `${ONE_BY_ONE} "/srv", "/home"`],
    ['"/srv /home"', 'Directory "/srv /home"', `${ONE_BY_ONE} "/srv", "/home"`],
    ['["/srv, /home"]', 'Directory "/srv, /home"', `${ONE_BY_ONE} "/srv", "/home"`],
    ['["a,b"]', 'Directory "/etc/tfo-mcp/a,b"', `${ONE_BY_ONE} "/etc/tfo-mcp/a", "/etc/tfo-mcp/b"`],
    [
      '["/srv:/nowhere"]',
      'Directory "/srv:/nowhere"',
      'is not there: make it and start the server again, or give another',
    ],
  ].map(
    ([list, subject, fault]) =>
      [
        `security: { allowed_directories: ${list} }`,
        {},
        `${subject} (security.allowed_directories, ${FILE}:1:34) ${fault}`,
      ] as const,
  ),
  [
    'security: { commands: { policy: allowlist, allowlist: [/no/ls -l] } }',
    {},
    /^Program "\/no\/ls" .* whole path$/,
  ],
  [
    'security: { commands: { policy: allow, allowlist: [/bin/ls] } }',
    {},
    /has no effect, since security\.commands\.policy is "allow"$/,
  ],
  [
    'audit: { record_arguments: hash }\ndatabase: { driver: memory }',
    {},
    /^Setting "audit\.record_arguments" \(.*:1:28\) has no effect, since database\.driver is "memory"$/,
  ],
  [
    'audit: { record_arguments: full }\ndatabase: { driver: sqlite }',
    { TELEMETRYFLOW_MCP_AUDIT_ENABLED: 'false' },
    /has no effect, since audit\.enabled is false$/,
  ],
  [
    'database: { driver: memory, required: true }',
    {},
    /^Setting "database\.required" \(.*\) has no effect, since database\.driver is "memory"$/,
  ],
  ['logging: { output: /srv }', {}, /^Log file "\/srv" .* can't be written: it is a directory; .* another$/],
  ['logging: { output: /dev/null }', {}, /it is no regular file/],
  ['logging: { output: /file/below.log }', {}, /"\/file" is no directory/],
  ['logging: { output: /fixed/log }', {}, /this user may not write it/],
  ['logging: { output: /fixed/a/b.log }', {}, /this user may make nothing in "\/fixed"/],
  [
    'claude: { api_key_file: /open.key }',
    {},
    /^File "\/open\.key" \(claude\.api_key_file, .*\) is open .*: chmod 600 /,
  ],
  ['', { ANTHROPIC_API_KEY_FILE: '/open.key' }, /\(claude\.api_key_file, ANTHROPIC_API_KEY_FILE\)/],
  ['security: { state_key_file: /open.key }', {}, /chmod 600 "\/open\.key"$/],
  ['security: { api_keys_file: /open.json }', {}, /chmod 600 "\/open\.json"$/],
  [
    'security: { api_keys_file: /none.json }',
    {},
    /is not there: nobody is admitted .* until "tfo-mcp keys create"/,
  ],
  [`${HTTP}security: { api_keys_file: /none.json }`, {}, /is not there: nobody is admitted/],
  ['security: { api_keys_file: /wrong.json }', {}, /^Expected "\/wrong\.json" .* something else/],
  ['claude: { base_url: https://gateway.example/v1 }', {}, /ends in "\/v1"\. .* leave "\/v1" out$/],
  ['claude: { base_url: https://gateway.example/anthropic/v1/ }', {}, /leave "\/v1" out$/],
  ['claude: { base_url: https://gateway.example/v1/messages }', {}, /leave "\/v1\/messages" out$/],
  ['claude: { base_url: https://gateway.example/messages }', {}, /leave "\/messages" out$/],
  ['', { ANTHROPIC_BASE_URL: 'https://api.anthropic.com/v1' }, /\(ANTHROPIC_BASE_URL\)/],
  ['tools: { command_timeout: 900 }', {}, /is more than tools\.max_command_timeout \(600\), which holds/],
  ['tools: { command_timeout: 2m, max_command_timeout: 60s }', {}, /\(60\), which holds/],
  [
    'server: { public_url: https://example.com/tfo/mcp }',
    {},
    /ends in "\/mcp", which clients add to it: leave/,
  ],
  [
    `server: { transport: http, host: 0.0.0.0 }\nsecurity: { ${JWT} }`,
    {},
    /^Setting "server\.host" \(.*\) is every address .* set security\.allowed_hosts .* or server\.public_url/,
  ],
  ['server: { public_url: https://example.com/sse/ }', {}, /leave "\/sse" out$/],
  ['security: { trusted_proxies: [0.0.0.0/0] }', {}, /^Range "0\.0\.0\.0\/0" .* Name your proxies alone$/],
  [
    `security: { allowed_hosts: [localhost, mcp.example.com], ${JWT} }`,
    {},
    /another URL, set server\.public_url to it$/,
  ],
  [
    'server: { max_message_size: 100000000 }',
    {},
    /is more than mcp\.max_message_size \(67108864\), which holds/,
  ],
] as const) {
  test(`the loader warns of ${text} ${Object.keys(environment)}`, async () => {
    const { problems, notices } = await load(text, environment);
    assert.equal(problems, []);
    assert.is(notices.length, 1, JSON.stringify(notices));
    if (typeof notice === 'string') assert.is(notices[0], notice);
    else assert.match(notices[0] ?? '', notice);
  });
}

for (const text of [
  'security: { allowed_directories: [/srv, /home] }',
  'security: { api_keys_file: /keys.json }',
  `${HTTP}security: { api_keys_file: /keys.json }`,
  'claude: { api_key_file: /own.key }',
  'claude: { base_url: https://gateway.example/v1/team/anthropic }',
  'claude: { base_url: https://gateway.example/api-v1 }',
  'tools: { command_timeout: 600 }',
  'tools: { max_command_timeout: 10 }',
  'logging: { output: /srv/new/folder/tfo.log }',
  'logging: { output: /file }',
  'logging: { output: stderr }',
  'server: { public_url: https://example.com/mcp-tools/ }',
  'security: { trusted_proxies: [10.0.0.0/8, "fd00::/8"] }',
  `security: { allowed_hosts: [localhost, "127.0.0.1:8080", "[::1]"], ${JWT} }`,
  `server: { public_url: https://mcp.example.com }\nsecurity: { allowed_hosts: [mcp.example.com], ${JWT} }`,
]) {
  test(`the loader has nothing to say of ${text}`, async () => {
    const { problems, notices } = await load(text);
    assert.equal([...problems, ...notices], []);
  });
}

for (const [text, mode, notice] of [
  ['claude: { api_key: sk-ant-1 }', 0o644, /^File ".*" holds claude\.api_key and is open to other users/],
  ['claude: { api_key: sk-ant-1 }', 0o640, /chmod 600/],
  ['claude: { api_key: sk-ant-1 }', 0o600, undefined],
  ['logging: { level: warn }', 0o644, undefined],
] as const) {
  test(`a configuration file of mode ${mode.toString(8)} with ${text} is ${notice ? 'warned of' : 'fine'}`, async () => {
    const { notices } = await load(text, {}, mode);
    if (notice) assert.match(notices.join('\n'), notice);
    else assert.equal(notices, []);
  });
}

const BATCH =
  /^Program "(.*)" \(security\.commands\.allowlist, .*\) is a batch file\. .* name the program that it starts/;

for (const [platform, path, isTold] of [
  ['win32', 'C:\\nodejs\\npm.cmd', true],
  ['win32', 'C:\\tools\\BUILD.BAT', true],
  ['win32', 'C:\\tools\\build.bat. ', true],
  ['win32', 'C:\\nodejs\\node.exe', false],
  ['win32', 'C:\\tools\\cmd', false],
  ['linux', '/opt/tools/npm.cmd', false],
] as const) {
  test(`an allowlist on ${platform} with ${path} ${isTold ? 'is told to be of no use' : 'is fine'}`, async () => {
    const file = platform === 'win32' ? 'C:\\a.yaml' : FILE;
    const text = `security: { commands: { policy: allowlist, allowlist: ['"${path}" install'] } }`;
    const host = memoryHost({
      platform,
      homeDirectory: platform === 'win32' ? 'C:\\Users\\ada' : '/home/ada',
      files: { [file]: text, [path]: '' },
    });
    const { problems, notices } = await loadConfiguration({ file }, host);
    assert.equal(problems, []);
    assert.equal(
      notices.map((notice) => BATCH.exec(notice)?.[1]),
      isTold ? [path] : [],
    );
  });
}

test.run();
