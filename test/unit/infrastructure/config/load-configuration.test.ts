import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { toolNames } from '../../../../src/application/tools/tool-table.ts';
import { MASK } from '../../../../src/domain/policy/redact.ts';
import { loadConfiguration } from '../../../../src/infrastructure/config/load-configuration.ts';
import { memoryHost } from './memory-host.ts';

const test = suite('load configuration');

const FILE = '/etc/tfo-mcp/tfo-mcp.yaml';
const KEY = Buffer.alloc(32, 'k').toString('base64');
const LONG_SECRET = 'no-key!'.repeat(20);
const TOOL_LIST = `a list of tool names (${toolNames.join(', ')})`;
const OTHER_KEY = Buffer.alloc(33, 'o').toString('base64');

/** Loads with this text as the configuration file. */
function loadText(text: string, environment: Record<string, string> = {}) {
  return loadConfiguration({}, memoryHost({ files: { [FILE]: text }, environment }));
}

/** The messages for a file, each with its place. */
async function messagesOf(text: string): Promise<readonly string[]> {
  const { configuration, problems, settings } = await loadText(text);
  assert.is(configuration, undefined);
  assert.equal(settings(), []);
  return problems.map(({ where, message }) => `${where.replace(FILE, '')} ${message}`);
}

test('the loader has the defaults when nothing is given, and looks at nothing but names', async () => {
  const read = () => Promise.reject(new Error('Nothing was there to read'));
  const { configuration, file, notices, problems, settings, secrets } = await loadConfiguration(
    {},
    memoryHost({ read }),
  );
  assert.is(file, undefined);
  assert.is(configuration?.mcp.page_size, 100);
  assert.equal([...notices, ...problems, ...secrets], []);
  assert.ok(settings().every(({ origin }) => origin === 'default'));
});

test('the loader prefers flags to the environment to the file to defaults, and knows who gave what', async () => {
  const choice = fc.option(fc.integer({ min: 1, max: 1000 }), { nil: undefined });
  await fc.assert(
    fc.asyncProperty(choice, choice, choice, async (flag, variable, inFile) => {
      const { configuration, settings } = await loadConfiguration(
        {
          flags: flag === undefined ? [] : [{ flag: '--page-size', key: 'mcp.page_size', value: `${flag}` }],
        },
        memoryHost({
          files: inFile === undefined ? {} : { [FILE]: `mcp:\n  page_size: ${inFile}\n` },
          environment: variable === undefined ? {} : { TELEMETRYFLOW_MCP_MCP_PAGE_SIZE: `${variable}` },
        }),
      );
      const [value, origin] =
        [
          [flag, '--page-size'],
          [variable, 'TELEMETRYFLOW_MCP_MCP_PAGE_SIZE'],
          [inFile, `${FILE}:2`],
          [100, 'default'],
        ].find(([given]) => given !== undefined) ?? [];
      assert.is(configuration?.mcp.page_size, value);
      assert.equal(
        settings().find(({ key }) => key === 'mcp.page_size'),
        { key: 'mcp.page_size', value, origin },
      );
    }),
    { numRuns: 50 },
  );
});

test('the loader reads the older spellings of values', async () => {
  const { configuration, notices, problems } = await loadText(`
server: { shutdown_timeout: "10s", debug: off }
mcp: { tool_timeout: 30.0 }
logging: { level: "WARNING", format: "console", output: "stdout" }
`);
  assert.equal(problems, []);
  assert.is(configuration?.server.shutdown_timeout, 10);
  assert.is(configuration?.mcp.tool_timeout, 30);
  const { level, format, output } = configuration?.logging ?? {};
  assert.equal([level, format, output], ['warn', 'pretty', 'stderr']);
  assert.equal(notices, [
    `Setting "logging.output" (${FILE}:4:57) means "stderr", since stdout belongs to the protocol`,
  ]);
});

test('the loader adds flags to a list, each path counted from where it was given', async () => {
  const flags = [{ flag: '--allow', key: 'security.allowed_directories', value: ['docs', '~/a,b'] }];
  const host = memoryHost({ files: { [FILE]: 'security: { allowed_directories: [shared, /srv] }' } });
  const { configuration, settings } = await loadConfiguration({ flags }, host);
  assert.equal(configuration?.security.allowed_directories, [
    '/project/docs',
    '/home/ada/a,b',
    '/etc/tfo-mcp/shared',
    '/srv',
  ]);
  const described = settings().find(({ key }) => key === 'security.allowed_directories');
  assert.is(described?.origin, `--allow, ${FILE}:1:34`);
  const alone = await loadConfiguration({ flags }, memoryHost());
  assert.equal(alone.configuration?.security.allowed_directories, ['/project/docs', '/home/ada/a,b']);
});

test('the loader lets the list of the environment replace that of the file', async () => {
  const environment = { TELEMETRYFLOW_MCP_SECURITY_ALLOWED_DIRECTORIES: '/a, ~/b' };
  const { configuration } = await loadText('security: { allowed_directories: [/srv] }', environment);
  assert.equal(configuration?.security.allowed_directories, ['/a', '/home/ada/b']);
});

test('the loader reads sections of sections', async () => {
  const text =
    'security:\n  commands:\n    policy: allowlist\n    allowlist: [/usr/bin/git status, "/bin/ls"]\n';
  const { configuration, settings } = await loadText(text);
  assert.equal(configuration?.security.commands, {
    policy: 'allowlist',
    allowlist: ['/usr/bin/git status', '/bin/ls'],
  });
  assert.equal(
    settings().find(({ key }) => key === 'security.commands.policy'),
    { key: 'security.commands.policy', value: 'allowlist', origin: `${FILE}:3` },
  );
  const overridden = await loadText(text, { TELEMETRYFLOW_MCP_SECURITY_COMMANDS_POLICY: 'OFF' });
  assert.is(overridden.configuration?.security.commands.policy, 'off');
  assert.is(overridden.configuration?.security.commands.allowlist.length, 2);
});

test('the loader takes a log file, relative to the configuration that names it', async () => {
  for (const [given, output] of [
    ['~/tfo.log', '/home/ada/tfo.log'],
    ['tfo.log', '/etc/tfo-mcp/tfo.log'],
    ['STDERR', 'stderr'],
  ]) {
    const { configuration } = await loadText(`logging: { output: ${given} }`);
    assert.is(configuration?.logging.output, output);
  }
});

test('the loader reports all problems at once: flags and variables first, then the file from top to bottom', async () => {
  const { problems } = await loadConfiguration(
    { flags: [{ flag: '--log-level', key: 'logging.level', value: 'inof' }] },
    memoryHost({
      files: { [FILE]: 'mcp:\n  page_size: 0\n  tool_timeout: soon\n  page_sise: 5\nsecurty: {}\n' },
      environment: { TELEMETRYFLOW_MCP_DEBUG: 'maybe' },
    }),
  );
  assert.equal(
    problems.map(({ where, message }) => [where, message]),
    [
      [
        '--log-level',
        'Expected logging.level to be one of "debug", "info", "warn", "error", got "inof"; did you mean "info"?',
      ],
      ['TELEMETRYFLOW_MCP_DEBUG', 'Expected server.debug to be true or false, got "maybe"'],
      [`${FILE}:2:14`, 'Expected mcp.page_size to be a whole number from 1 to 1000, got 0'],
      [
        `${FILE}:3:17`,
        'Expected mcp.tool_timeout to be a number of seconds from 0.1 to 86400, or a text such as "30s" or "500ms", got "soon"',
      ],
      [`${FILE}:4:3`, 'Unknown key "mcp.page_sise"; did you mean "mcp.page_size"?'],
      [`${FILE}:5:1`, 'Unknown section "securty"; did you mean "security"?'],
    ],
  );
});

for (const [text, message] of [
  [
    'server: { transport: htp }',
    '/:1:22 Expected server.transport to be "stdio" or a list of "http", "sse" and "websocket", got "htp"; did you mean "http"?',
  ],
  [
    'server: { transport: [stdio, http] }',
    '/:1:22 Expected server.transport to be "stdio" or a list of "http", "sse" and "websocket", got ["stdio","http"]',
  ],
  [
    'server: { public_url: "https://mcp.example.com/tfo?x" }',
    '/:1:23 Expected server.public_url to be an http or https URL, with or without a path, such as "https://example.com/tfo", without user, query and fragment, got "https://mcp.example.com" with a path and a query',
  ],
  [
    'security: { jwt: { jwks_url: http://keys.example.com, issuer: a, audience: b } }',
    '/:1:30 Expected security.jwt.jwks_url to be a URL that begins with "https://", or with "http://" on this machine, without user and fragment, got "http://keys.example.com"',
  ],
  [
    'logging: { output: stder }',
    '/:1:20 Expected logging.output to be "stderr" or the path of a file, such as "~/tfo-mcp.log", got "stder"; did you mean "stderr"?',
  ],
  [
    'security: { commands: { policy: yes } }',
    '/:1:33 Expected security.commands.policy to be one of "allow", "ask", "allowlist", "off", got "yes"',
  ],
  [
    'security: { commands: { allowlist: [git status] } }',
    '/:1:37 Expected security.commands.allowlist to be a list of absolute program paths, each with or without leading arguments, got "git status" in it',
  ],
  [
    'security: { commands: allow }',
    '/:1:23 Expected security.commands to be a mapping of keys to values, got "allow"',
  ],
  [
    'security: { policy: allow }',
    '/:1:13 Unknown key "security.policy"; did you mean "security.commands.policy"?',
  ],
  ['security: { comands: {} }', '/:1:13 Unknown key "security.comands"; did you mean "security.commands"?'],
  [
    'security.read_only: true',
    '/:1:1 Expected a section with its keys below it, got the name "security.read_only" with dots',
  ],
  [
    'tools: { max_read_bytes: 8388609 }',
    '/:1:26 Expected tools.max_read_bytes to be a whole number from 1024 to 8388608, got 8388609',
  ],
  ['server: { name: 5 }', '/:1:17 Expected server.name to be a text that is not empty, got 5'],
  ['server: { name: [a] }', '/:1:17 Expected server.name to be a text that is not empty, got ["a"]'],
  ['server: { name: { a: b } }', '/:1:17 Expected server.name to be a text that is not empty, got a mapping'],
  [
    'mcp: { max_message_size: 1048575 }',
    '/:1:26 Expected mcp.max_message_size to be a whole number from 1048576 to 268435456, got 1048575',
  ],
  ['mcp: { page_size: 1.5 }', '/:1:19 Expected mcp.page_size to be a whole number from 1 to 1000, got 1.5'],
  [
    'mcp: { page_size: .inf }',
    '/:1:19 Expected mcp.page_size to be a whole number from 1 to 1000, got Infinity',
  ],
  [
    'tools: { disabled: [echo, [a]] }',
    `/:1:27 Expected tools.disabled to be ${TOOL_LIST}, got a mapping in it`,
  ],
  [
    `tools: { disabled: { ${'x'.repeat(80)}: 1 } }`,
    `/:1:20 Expected tools.disabled to be ${TOOL_LIST}, got a mapping`,
  ],
  [
    `logging: { level: ${'x'.repeat(80)} }`,
    '/:1:19 Expected logging.level to be one of "debug", "info", "warn", "error", got a text of 80 characters',
  ],
] as const) {
  test(`the loader refuses ${text}`, async () => {
    assert.equal(await messagesOf(text), [message.slice(1)]);
  });
}

test('the loader checks values that are overridden, too', async () => {
  const { problems } = await loadText('logging: { level: loud }', { TELEMETRYFLOW_MCP_LOG_LEVEL: 'info' });
  assert.equal(
    problems.map(({ key, line }) => [key, line]),
    [['logging.level', 1]],
  );
});

test('the loader never shows a secret', async () => {
  const shown: unknown[] = [];
  for (const text of [
    `security: { state_key: ${KEY} }\nserver: { name: "${KEY}" }`,
    `security: { state_key: ${LONG_SECRET} }\nserver: { transport: ${LONG_SECRET} }`,
    'security: { state_key: too-short-a-secret }\nserver: { name: "too-short-a-secret", transport: too-short-a-secret }',
    `security: { state_keys: ${KEY} }`,
    `${KEY}: { a: 1 }\nserver: { ${KEY}: 1 }`,
    `security: ${KEY}\nserver: { state_key: ${KEY} }`,
  ]) {
    const { notices, problems, settings } = await loadText(text, {
      TELEMETRYFLOW_MCP_SECURITY_STATE_KEY: KEY,
    });
    shown.push(notices, problems, settings());
  }
  assert.not.match(JSON.stringify(shown), KEY);
  assert.not.match(JSON.stringify(shown), LONG_SECRET.slice(0, 20));
  assert.not.match(JSON.stringify(shown), 'too-short-a-secret');
  assert.match(
    JSON.stringify(shown),
    `Expected security.state_key to be at least 32 random bytes, in base64 or hexadecimal (openssl rand -base64 32), got ${MASK}`,
  );
});

test('the loader shows no secret that somebody took for a name', async () => {
  const { notices } = await loadText('', { 'TELEMETRYFLOW_MCP_sk-ant-api03-abc': '1' });
  assert.equal(notices, [
    `Environment variable "TELEMETRYFLOW_MCP_sk-ant-${MASK}" is not used by this version`,
  ]);
});

test('the loader gives every secret to the redactor, overridden ones included', async () => {
  const { secrets, settings } = await loadText(`security: { state_key: ${KEY} }`, {
    TELEMETRYFLOW_MCP_SECURITY_STATE_KEY: OTHER_KEY,
  });
  assert.equal(secrets.toSorted(), [KEY, OTHER_KEY].toSorted());
  assert.equal(
    settings().find(({ key }) => key === 'security.state_key'),
    {
      key: 'security.state_key',
      value: MASK,
      origin: 'TELEMETRYFLOW_MCP_SECURITY_STATE_KEY',
    },
  );
});

test('the loader reads the state key from a file, relative to the configuration that names it', async () => {
  const files = { [FILE]: 'security: { state_key_file: keys/state }', '/etc/tfo-mcp/keys/state': `${KEY}\n` };
  const { configuration, secrets, settings } = await loadConfiguration({}, memoryHost({ files }));
  assert.is(configuration?.security.state_key, KEY);
  assert.is(configuration?.security.state_key_file, '/etc/tfo-mcp/keys/state');
  assert.equal(secrets, [KEY]);
  assert.equal(
    settings().find(({ key }) => key === 'security.state_key'),
    { key: 'security.state_key', value: MASK, origin: `${FILE}:1` },
  );
});

test('the loader reads the state key from the file that a variable names, relative to the working directory', async () => {
  const environment = { TELEMETRYFLOW_MCP_SECURITY_STATE_KEY_FILE: 'state' };
  const host = memoryHost({
    files: { '/project/state': KEY, [FILE]: `security: { state_key: ${OTHER_KEY} }` },
    environment,
  });
  const { configuration } = await loadConfiguration({}, host);
  assert.is(configuration?.security.state_key, KEY);
});

test('the loader refuses a key file that is missing, and one without a key', async () => {
  for (const [files, message] of [
    [{}, 'Expected security.state_key_file to be a file to read, got "/k": there is no such file'],
    [
      { '/k': 'short' },
      `Expected security.state_key to be at least 32 random bytes, in base64 or hexadecimal (openssl rand -base64 32), got ${MASK}`,
    ],
  ] as const) {
    const environment = { TELEMETRYFLOW_MCP_SECURITY_STATE_KEY_FILE: '/k' };
    const { problems } = await loadConfiguration({}, memoryHost({ files, environment }));
    assert.equal(
      problems.map(({ where, message }) => [where, message]),
      [['TELEMETRYFLOW_MCP_SECURITY_STATE_KEY_FILE', message]],
    );
  }
});

test('the loader refuses a key beside a key file', async () => {
  const text = `security: { state_key: ${KEY}, state_key_file: /k }`;
  const { problems } = await loadConfiguration({}, memoryHost({ files: { [FILE]: text, '/k': KEY } }));
  assert.equal(
    problems.map(({ message }) => message),
    ['Expected either security.state_key or security.state_key_file, got both'],
  );
});

for (const [where, request, environment] of [
  ['--config', { file: 'missing.yaml' }, {}],
  ['TFO_MCP_CONFIG', {}, { TFO_MCP_CONFIG: 'missing.yaml' }],
] as const) {
  test(`the loader refuses a missing file that ${where} names`, async () => {
    const { file, problems } = await loadConfiguration(request, memoryHost({ environment }));
    assert.is(file, '/project/missing.yaml');
    assert.equal(problems, [
      {
        where,
        message: 'Expected a configuration file to read, got "/project/missing.yaml": there is no such file',
      },
    ]);
  });
}

test('the loader refuses a file that was found and may not be read', async () => {
  const { problems } = await loadConfiguration({}, memoryHost({ files: { [FILE]: { code: 'EACCES' } } }));
  assert.equal(problems, [
    {
      where: FILE,
      file: FILE,
      message: `Expected a configuration file to read, got "${FILE}": it may not be read by this user; make it readable, or name another by --config`,
    },
  ]);
});

test('the loader says where a file stops being UTF-8', async () => {
  const { problems } = await loadConfiguration(
    {},
    memoryHost({ files: { [FILE]: Uint8Array.of(0x61, 0x0a, 0xff) } }),
  );
  assert.equal(
    problems.map(({ where, line, column }) => [where, line, column]),
    [[`${FILE}:2:1`, 2, 1]],
  );
});

test.run();
