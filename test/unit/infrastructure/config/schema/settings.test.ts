import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import * as v from 'valibot';
import type { LogThreshold } from '../../../../../src/application/ports/logger.ts';
import { currentModel } from '../../../../../src/infrastructure/claude/model-table.ts';
import type { ConfigurationHost } from '../../../../../src/infrastructure/config/configuration-host.ts';
import {
  type Configuration,
  configurationSchema,
} from '../../../../../src/infrastructure/config/schema/configuration-schema.ts';
import {
  allSections,
  allSettings,
  fileOfSecret,
  secretInFile,
} from '../../../../../src/infrastructure/config/schema/settings.ts';
import { olderKeys, UNUSED_SECTIONS } from '../../../../../src/infrastructure/config/sources/older-names.ts';
import { ourVariables } from '../../../../../src/infrastructure/config/sources/our-variables.ts';

const test = suite('settings');

const settings = allSettings();
const keys = settings.map(({ key }) => key);
const variables = settings.flatMap((setting) => setting.variables);

test('the table lists the settings as the schema nests them, each by its whole key', () => {
  const places = ['server.name', 'claude.api_key', 'security.commands.policy', 'security.jwt.issuer'].map(
    (key) => keys.indexOf(key),
  );
  assert.not(places.includes(-1));
  assert.equal(
    places,
    [...places].sort((a, b) => a - b),
  );
  assert.is(new Set(keys).size, keys.length);
  assert.not(keys.includes('security.jwt'), 'a section is no setting');
});

test('an empty configuration has the default of every setting', () => {
  const empty = v.parse(configurationSchema, {});
  for (const { key, path, defaultValue } of settings) {
    const value = path.reduce<unknown>((section, name) => (section as Record<string, unknown>)[name], empty);
    assert.equal(value, defaultValue, key);
  }
});

// The bounds of a server that nobody has configured are said once more: it can be reached by nobody else, and lets
// nobody in who should not be.
test('an empty configuration is a closed one', () => {
  const { server, security, claude, logging }: Configuration = v.parse(configurationSchema, {});
  assert.equal([server.transport, server.host, server.debug], ['stdio', '127.0.0.1', false]);
  assert.is(security.insecure, false);
  assert.equal([security.allowed_directories, security.commands], [[], { allowlist: [] }]);
  assert.equal(security.allowed_hosts, ['localhost', '127.0.0.1', '[::1]']);
  assert.equal(security.allowed_origins, security.allowed_hosts);
  assert.equal([claude.api_key, claude.default_model], [undefined, currentModel]);
  const level: LogThreshold = logging.level;
  assert.equal([level, logging.output], ['info', 'stderr']);
});

test('names a variable after its section and key, and no two settings after one', () => {
  for (const { path, variables } of settings) {
    assert.is(variables[0], `TELEMETRYFLOW_MCP_${path.join('_')}`.toUpperCase());
  }
  assert.is(new Set(variables).size, variables.length);
});

test('the table reads the variables of the older servers', () => {
  for (const name of ['DEBUG', 'LOG_LEVEL', 'LOG_FORMAT', 'LOG_OUTPUT', 'MCP_TOOL_TIMEOUT', 'SERVER_NAME']) {
    assert.ok(variables.includes(`TELEMETRYFLOW_MCP_${name}`), name);
  }
});

test('every variable of the table is one that is looked for', () => {
  const environment = Object.fromEntries(variables.map((name) => [name, 'x']));
  const { size } = ourVariables({ environment, platform: 'linux' } as ConfigurationHost);
  assert.is(size, variables.length);
});

test('the table gives every secret a setting, and a variable, for the file that holds it', () => {
  for (const secret of settings.filter((setting) => setting.secret)) {
    const file = fileOfSecret(secret);
    assert.ok(file?.holdsPaths, secret.key);
    assert.is(secretInFile(file), secret);
    assert.equal(
      file.variables,
      secret.variables.map((variable) => `${variable}_FILE`),
    );
  }
});

test('describes every setting in a phrase', () => {
  for (const { key, description } of settings) {
    assert.match(description, /^[A-Z`].*[^.]$/s, key);
  }
});

test('calls no section unused that it uses', () => {
  assert.equal(
    UNUSED_SECTIONS.filter((section) => allSections().has(section)),
    [],
  );
});

test('names sections from the outer to the inner', () => {
  const sections = [...allSections()];
  assert.is(sections[0], 'server');
  assert.is(sections.indexOf('security.jwt') > sections.indexOf('security'), true);
  for (const { path } of settings) assert.ok(sections.includes(path.slice(0, -1).join('.')), path.join('.'));
});

test('the table has each key of the older servers as a setting or as an older key, not as both', () => {
  assert.equal(
    olderKeys.filter((key) => keys.includes(key)),
    [],
  );
});

test.run();
