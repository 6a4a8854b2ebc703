import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { isLogLevel, logLevels, passesThreshold } from '../../../../src/domain/session/log-level.ts';

const test = suite('log-level');

test('the list has the severities of RFC 5424, least severe first', () => {
  assert.equal(logLevels, ['debug', 'info', 'notice', 'warning', 'error', 'critical', 'alert', 'emergency']);
});

for (const level of logLevels) {
  test(`"${level}" is a level`, () => {
    assert.ok(isLogLevel(level));
  });
}

for (const value of [
  '',
  'loud',
  'warn',
  'INFO',
  'info ',
  '__proto__',
  'length',
  0,
  3,
  null,
  undefined,
  ['info'],
  {},
]) {
  test(`${JSON.stringify(value)} is no level`, () => {
    assert.not(isLogLevel(value));
  });
}

for (const [at, threshold] of logLevels.entries()) {
  test(`a threshold of "${threshold}" lets it and what is more severe pass, and nothing else`, () => {
    assert.equal(
      logLevels.filter((level) => passesThreshold(level, threshold)),
      logLevels.slice(at),
    );
  });
}

test.run();
