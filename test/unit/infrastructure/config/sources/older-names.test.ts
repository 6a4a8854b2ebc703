import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  fateOf,
  olderKeyNotices,
  olderVariables,
} from '../../../../../src/infrastructure/config/sources/older-names.ts';

const test = suite('older keys');

const inFile = (line: number) => ({ where: `/c.yaml:${line}:3`, file: '/c.yaml', line, column: 3 });

test('the table knows what becomes of them', () => {
  assert.match(fateOf('mcp.protocol_version') ?? '', /^ignored, since/);
  assert.match(fateOf('security.allowed_api_keys') ?? '', /^ignored: keys are in security.api_keys_file/);
  for (const key of ['server.name', 'constructor', '']) assert.is(fateOf(key), undefined);
});

test('the table tells what becomes of one, and of several that share it in one sentence', () => {
  assert.equal(
    olderKeyNotices([
      { key: 'server.version', place: inFile(3) },
      { key: 'logging.add_source', place: inFile(5) },
      { key: 'logging.time_format', place: inFile(6) },
    ]),
    [
      'Setting "server.version" (/c.yaml:3:3) is ignored, since the program knows its version',
      'Settings "logging.add_source" (/c.yaml:5:3), "logging.time_format" (line 6) are ignored: log lines have one form, with times in ISO 8601',
    ],
  );
  assert.equal(olderKeyNotices([]), []);
});

test('the table knows their variables, those with names of their own included', () => {
  const variables = olderVariables('P_');
  assert.is(variables.get('P_MCP_ENABLE_TOOLS'), 'mcp.enable_tools');
  assert.is(variables.get('TELEMETRYFLOW_MCP_ENABLE_TOOLS'), 'mcp.enable_tools');
  assert.is(variables.get('P_SECURITY_CORS_ENABLED'), 'security.cors_enabled');
});

test.run();
