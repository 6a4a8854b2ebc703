import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { currentModel, modelNames } from '../../../../src/infrastructure/claude/model-table.ts';
import { nearestModel, standingOf } from '../../../../src/infrastructure/claude/models.ts';

const test = suite('models');
const day = '2026-11-23';

test('the table knows the names of the SDK, the default among them', () => {
  assert.ok(modelNames.length > 10);
  assert.is(standingOf(currentModel, day), 'known');
  assert.is(standingOf('claude-haiku-4-5-20251001', day), 'known');
});

test('the table takes the older servers’ defaults, and all that is older than the SDK knows, for retired', () => {
  for (const gone of [
    'claude-sonnet-4-20250514',
    'claude-opus-4-20250514',
    'claude-opus-4-1',
    'claude-opus-4-1-20250805',
    'claude-opus-4-0',
    'claude-3-7-sonnet-latest',
    'claude-3-5-sonnet-20241022',
    'claude-3-5-haiku-20241022',
    'claude-3-opus-20240229',
    'claude-3-haiku-20240307',
    'claude-2.1',
    'claude-v1',
    'claude-instant-1.2',
  ]) {
    assert.is(standingOf(gone, day), 'retired', gone);
  }
});

test('the table takes what it can’t date, or what is newer, for unknown: it is sent', () => {
  for (const name of [
    'claude-opus-9',
    'claude-sonnet-5-5-20271231',
    'claude-next',
    'gpt-4o',
    '',
    '__proto__',
  ])
    assert.is(standingOf(name, day), 'unknown', name);
});

test('the table takes a model for retired from the day after its last', () => {
  assert.is(standingOf('claude-sonnet-4-5', '2026-11-30'), 'known');
  assert.is(standingOf('claude-sonnet-4-5', '2026-12-01'), 'retired');
});

test('the table finds the name that was meant, and none that is gone', () => {
  assert.is(nearestModel('claude-sonet-5-5', day), 'claude-sonnet-5-5');
  assert.is(nearestModel('claude-sonnet-4-5', '2026-12-01'), 'claude-sonnet-5-5');
  assert.is(nearestModel('llama', day), undefined);
});

test.run();
