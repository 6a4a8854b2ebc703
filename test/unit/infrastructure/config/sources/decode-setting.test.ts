import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { findSetting } from '../../../../../src/infrastructure/config/schema/settings.ts';
import { decodeSetting } from '../../../../../src/infrastructure/config/sources/decode-setting.ts';

const test = suite('decode text');

function decode(key: string, text: string): unknown {
  const setting = findSetting(key);
  assert.ok(setting, `expected the setting ${key}`);
  return decodeSetting(setting, text);
}

test('the decoder reads booleans by the words of YAML 1.1 and of the older servers', () => {
  for (const text of ['true', 'True', 'YES', 'on', '1', ' t ', 'y'])
    assert.is(decode('server.debug', text), true);
  for (const text of ['false', 'No', 'off', '0', 'f', 'n']) assert.is(decode('server.debug', text), false);
  assert.is(decode('server.debug', 'maybe'), 'maybe');
});

test('the decoder reads whole numbers, and leaves what is none for the schema to refuse', () => {
  assert.is(decode('mcp.page_size', ' 50 '), 50);
  assert.is(decode('mcp.page_size', '1.5'), 1.5);
  for (const text of ['', '0x10', '1e3', '50 entries', 'Infinity'])
    assert.is(decode('mcp.page_size', text), text);
});

test('the decoder splits lists at commas', () => {
  assert.equal(decode('tools.disabled', 'echo, system_info'), ['echo', 'system_info']);
  assert.equal(decode('tools.disabled', 'echo,'), ['echo', '']);
  assert.equal(decode('tools.disabled', ' ["a,b", "c"]'), ['a,b', 'c']);
  assert.is(decode('tools.disabled', '[echo'), '[echo');
});

test('the decoder takes no text for no list, so that what was left empty by mistake is told', () => {
  for (const text of ['', ' ']) assert.is(decode('security.allowed_directories', text), text);
});

test('the decoder reads choices in any case', () => {
  assert.is(decode('logging.level', 'INFO'), 'info');
  assert.is(decode('logging.level', ' Warning '), 'warning');
  assert.is(decode('logging.level', 'LOUD'), 'LOUD');
});

test('the decoder keeps texts and durations as they are', () => {
  assert.is(decode('server.name', 'true'), 'true');
  assert.is(decode('mcp.tool_timeout', '30s'), '30s');
});

test.run();
