import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createRedactor, MASK } from '../../../../src/domain/policy/redact.ts';
import { exportedLogger } from '../../../../src/infrastructure/telemetry/exported-logger.ts';
import type { LogRecord } from '../../../../src/infrastructure/telemetry/otel-logger.ts';
import { RecordingLogger } from '../../application/recording-logger.ts';

const test = suite('exported logger');

const trace = { traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` };

function open() {
  const own = new RecordingLogger('info');
  const exported: LogRecord[] = [];
  const logger = exportedLogger(own, {
    logRecords: (record) => exported.push(record),
    redactor: createRedactor(['planted-secret']),
    currentTrace: () => trace,
  });
  return { own, exported, logger };
}

test('a line goes to the log as it is, and to the export without secrets, in its trace', () => {
  const { own, exported, logger } = open();
  const fields = { reason: 'of planted-secret', api_key: 'k', count: 3, absent: undefined };
  logger.error('Got planted-secret', fields);
  assert.equal(own.records, [{ level: 'error', message: 'Got planted-secret', fields }]);
  assert.equal(exported, [
    {
      level: 'error',
      message: `Got ${MASK}`,
      fields: { reason: `of ${MASK}`, api_key: MASK, count: 3, absent: undefined },
      trace,
    },
  ]);
});

test('each level is exported as itself, and what the log leaves out is not exported', () => {
  const { exported, logger } = open();
  for (const level of ['error', 'warn', 'info', 'debug'] as const) logger[level](level);
  assert.equal(
    exported.map(({ level, message }) => [level, message]),
    [
      ['error', 'error'],
      ['warn', 'warn'],
      ['info', 'info'],
    ],
  );
  assert.equal([logger.enabled('info'), logger.enabled('debug')], [true, false]);
});

test.run();
