import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readFlags } from '../../../../../src/infrastructure/config/sources/read-flags.ts';

const test = suite('read flags');

test('the reader reads each flag as the kind of its setting, with its own name as the place', () => {
  const { given } = readFlags([
    { flag: '--debug', key: 'server.debug', value: 'true' },
    { flag: '--transport', key: 'server.transport', value: 'stdio' },
  ]);
  assert.equal(
    [...given].map(([key, { value, place }]) => [key, value, place]),
    [
      ['server.debug', true, { where: '--debug' }],
      ['server.transport', 'stdio', { where: '--transport' }],
    ],
  );
});

test('the reader takes the last of two', () => {
  const { given } = readFlags([
    { flag: '--log-level', key: 'logging.level', value: 'debug' },
    { flag: '--log-level', key: 'logging.level', value: 'warn' },
  ]);
  assert.is(given.get('logging.level')?.value, 'warn');
});

test('the reader refuses a flag for what is no setting', () => {
  assert.throws(
    () => readFlags([{ flag: '--colour', key: 'logging.colour', value: 'red' }]),
    'Flag "--colour" sets "logging.colour", which is no setting',
  );
});

test.run();
