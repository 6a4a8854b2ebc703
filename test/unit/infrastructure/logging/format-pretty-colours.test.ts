import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { wantsColours } from '../../../../src/infrastructure/logging/format-line.ts';

const test = suite('wants colours');

for (const [isTTY, environment, expected] of [
  [true, {}, true],
  [false, {}, false],
  [undefined, {}, false],
  [true, { NO_COLOR: '1' }, false],
  [true, { NO_COLOR: '' }, true],
  [true, { TERM: 'dumb' }, false],
  [true, { TERM: 'xterm' }, true],
  [false, { FORCE_COLOR: '1' }, true],
  [false, { FORCE_COLOR: '' }, true],
  [true, { FORCE_COLOR: '0' }, false],
  [true, { FORCE_COLOR: 'false' }, false],
  [true, { FORCE_COLOR: '1', NO_COLOR: '1', TERM: 'dumb' }, true],
] as const) {
  test(`${isTTY ? 'on a terminal' : 'elsewhere'} with ${JSON.stringify(environment)}: ${expected}`, () => {
    assert.is(wantsColours({ isTTY }, environment), expected);
  });
}

test.run();
