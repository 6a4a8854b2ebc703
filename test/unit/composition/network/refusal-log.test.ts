import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { refusalLog } from '../../../../src/composition/network/refusal-log.ts';
import { RecordingLogger } from '../../application/recording-logger.ts';

const test = suite('refusal log');

test('each kind of refusal has its own line, and one a second', () => {
  const logger = new RecordingLogger();
  const log = refusalLog(logger, 'Refused');
  for (let count = 0; count < 1000; count += 1) {
    log(400, { reason: `odd ${count}` });
    log(401, { reason: 'unknown' });
  }
  assert.equal(
    logger.records.map(({ level, message, fields }) => [level, message, fields]),
    [
      ['warn', 'Refused', { reason: 'odd 0', count: 1 }],
      ['warn', 'Refused', { reason: 'unknown', count: 1 }],
    ],
  );
});

test.run();
