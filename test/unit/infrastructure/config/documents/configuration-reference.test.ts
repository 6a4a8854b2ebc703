import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { configurationReference } from '../../../../../src/infrastructure/config/documents/configuration-reference.ts';
import { allSettings } from '../../../../../src/infrastructure/config/schema/settings.ts';

const test = suite('configuration reference');

const lines = configurationReference().split('\n');

function rowOf(key: string): string | undefined {
  return lines.find((line) => line.startsWith(`| \`${key}\` |`));
}

test('the reference is a Markdown table with a row for each setting', () => {
  const settings = allSettings().filter(({ ofOneSignal }) => !ofOneSignal);
  assert.is(lines[0], '| Key | Default | Environment variable | Meaning |');
  assert.is(lines[1], '| --- | --- | --- | --- |');
  assert.is(lines[settings.length + 2], '');
  for (const { key } of settings) assert.ok(rowOf(key), key);
});

test('the reference shows default, variables, unit and choices', () => {
  assert.is(
    rowOf('server.shutdown_timeout'),
    '| `server.shutdown_timeout` | `2` | `TELEMETRYFLOW_MCP_SERVER_SHUTDOWN_TIMEOUT` | ' +
      'How long the server may take to stop, requests in flight included, in seconds. |',
  );
  assert.is(
    rowOf('logging.level'),
    '| `logging.level` | `info` | `TELEMETRYFLOW_MCP_LOGGING_LEVEL`<br>`TELEMETRYFLOW_MCP_LOG_LEVEL` | ' +
      'Least severe level that is logged. One of `debug`, `info`, `warn`, `error`. |',
  );
});

test('the reference names secrets, and what has no default', () => {
  assert.match(rowOf('security.state_key') ?? '', /^\| `security\.state_key` \| none \| .* Secret\. \|$/);
  assert.match(rowOf('tools.disabled') ?? '', /^\| `tools\.disabled` \| none \|/);
});

test('the reference tells once what three signals have in common', () => {
  const told = lines.find((line) => line.startsWith('Each signal can go another way')) ?? '';
  for (const { path } of allSettings().filter(({ ofOneSignal }) => ofOneSignal)) {
    assert.match(told, `\`telemetry.${path[1]}\``);
    assert.match(told, `\`${path[2]}\``);
  }
});

test('the reference says what becomes of the keys of older servers', () => {
  assert.ok(
    lines.includes(
      '- `server.version`, `telemetry.service_version`: ignored, since the program knows its version.',
    ),
  );
  assert.is(lines.at(-1), '');
});

test.run();
