import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { findProgram } from '../../../../../src/infrastructure/processes/spawn/find-program.ts';
import { refusalOf } from '../../../../support/failure.ts';

const test = suite('find-program');

for (const [name, shown] of [
  ['no-such-program', '"no-such-program"'],
  [`x${'😀'.repeat(150)}`, `"x${'😀'.repeat(100)}…"`],
] as const)
  test(`a program of ${name.length} units that is nowhere is told by whole characters of its name`, async () => {
    const { code, message } = await refusalOf(findProgram(name, { directory: 'C:\\work', environment: {} }));
    assert.is(code, 'command.not-found');
    assert.match(message, `There is no program ${shown}; name it by`);
  });

test.run();
