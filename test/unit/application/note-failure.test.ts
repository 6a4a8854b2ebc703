import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createNoteFailure } from '../../../src/application/note-failure.ts';
import { CountingIds } from './manual-clock.ts';
import { RecordingLogger } from './recording-logger.ts';

const test = suite('note-failure');

function noting() {
  const logger = new RecordingLogger('error');
  return { logger, note: createNoteFailure(logger, new CountingIds()) };
}

test('the log logs the failure whole, under an id of its own', () => {
  const { logger, note } = noting();
  const error = new TypeError('boom');
  assert.equal([note(error, 'tools/call'), note('no error', 'echo')], ['id-1', 'id-2']);
  assert.equal(logger.records, [
    {
      level: 'error',
      message: 'Failed unexpectedly',
      fields: { correlation_id: 'id-1', what: 'tools/call', error: error.stack },
    },
    {
      level: 'error',
      message: 'Failed unexpectedly',
      fields: { correlation_id: 'id-2', what: 'echo', error: 'no error' },
    },
  ]);
});

test('the log names of what failed no more than its beginning', () => {
  const { logger, note } = noting();
  note(new Error('boom'), 'm'.repeat(100_000));
  assert.is(logger.records[0]?.fields['what'], 'm'.repeat(140));
});

test.run();
