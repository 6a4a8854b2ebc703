import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import * as v from 'valibot';
import { createRedactor, MASK } from '../../../../../src/domain/policy/redact.ts';
import { describeSettings } from '../../../../../src/infrastructure/config/documents/describe-settings.ts';
import { configurationSchema } from '../../../../../src/infrastructure/config/schema/configuration-schema.ts';

const test = suite('describe settings');

/** The value shown for a setting of this configuration, by a redactor that knows these secrets. */
function show(key: string, given: v.InferInput<typeof configurationSchema>, secrets: readonly string[] = []) {
  const configuration = v.parse(configurationSchema, given);
  const described = describeSettings(configuration, new Map(), createRedactor(secrets));
  return described.find((setting) => setting.key === key)?.value;
}

test('the description masks secret settings, even from a redactor that does not know their values', () => {
  assert.is(show('security.state_key', { security: { state_key: 'ab'.repeat(32) } }), MASK);
  assert.is(show('security.state_key', {}), undefined);
});

test('the description masks known secrets in other settings and in lists', () => {
  assert.is(show('server.name', { server: { name: 'is hunter2' } }, ['hunter2']), `is ${MASK}`);
  const security = { allowed_directories: ['/a', '/hunter2'] };
  assert.equal(show('security.allowed_directories', { security }, ['hunter2']), ['/a', `/${MASK}`]);
});

test('the description shows numbers and booleans as such', () => {
  assert.is(show('mcp.tool_timeout', { mcp: { tool_timeout: '500ms' } }), 0.5);
  assert.is(show('server.debug', {}), false);
});

test.run();
