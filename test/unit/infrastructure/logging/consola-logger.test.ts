import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createRedactor, MASK } from '../../../../src/domain/policy/redact.ts';
import {
  type ConsolaLoggerOptions,
  createConsolaLogger,
} from '../../../../src/infrastructure/logging/consola-logger.ts';
import { MemoryStream } from './memory-stream.ts';

const test = suite('consola logger');

/** A logger on a stream whose reader keeps up. */
function open({
  stream = new MemoryStream(),
  ...options
}: Partial<ConsolaLoggerOptions> & { stream?: MemoryStream } = {}) {
  let opened = 0;
  const logger = createConsolaLogger({
    level: 'debug',
    format: 'json',
    redactor: createRedactor(['hunter2hunter2']),
    environment: {},
    openStream: () => {
      opened++;
      return stream;
    },
    ...options,
  });
  const lines = async () => {
    const reading = setInterval(() => stream.readAll(), 1);
    await logger.flush();
    clearInterval(reading);
    return stream.written.map((line) => JSON.parse(line) as Record<string, unknown>);
  };
  return { logger, stream, lines, timesOpened: () => opened };
}

test('the logger writes level, message, fields and the time of the call', async () => {
  const { logger, lines } = open();
  const before = Date.now();
  logger.error('E', { a: 1 });
  logger.warn('W');
  logger.info('');
  logger.debug('D', { b: true });
  const after = Date.now();
  const written = await lines();
  assert.equal(
    written.map(({ time, ...rest }) => rest),
    [
      { level: 'error', message: 'E', a: 1 },
      { level: 'warn', message: 'W' },
      { level: 'info', message: '' },
      { level: 'debug', message: 'D', b: true },
    ],
  );
  for (const { time } of written) {
    const moment = Date.parse(String(time));
    assert.ok(moment >= before && moment <= after);
  }
});

test('the logger keeps the order of lines from before and after consola is there', async () => {
  const { logger, lines } = open();
  for (let line = 0; line < 20; line++) {
    logger.info(`line ${line}`);
    await new Promise(setImmediate);
  }
  const written = await lines();
  assert.equal(
    written.map(({ message }) => message),
    Array.from({ length: 20 }, (_, line) => `line ${line}`),
  );
});

for (const [level, expected] of [
  ['error', ['error']],
  ['warn', ['error', 'warn']],
  ['info', ['error', 'warn', 'info']],
  ['debug', ['error', 'warn', 'info', 'debug']],
] as const) {
  test(`the logger writes ${expected.join(', ')} at level ${level}`, async () => {
    const { logger, lines } = open({ level });
    const levels = ['error', 'warn', 'info', 'debug'] as const;
    for (const each of levels) logger[each](each);
    assert.equal(
      levels.filter((each) => logger.enabled(each)),
      expected,
    );
    assert.equal(
      (await lines()).map(({ message }) => message),
      expected,
    );
  });
}

test('the logger opens nothing for a line that is not written, and the stream once for all others', async () => {
  const { logger, lines, timesOpened } = open({ level: 'error' });
  logger.debug('not written');
  await lines();
  assert.is(timesOpened(), 0);
  logger.error('written');
  logger.error('written');
  await lines();
  assert.is(timesOpened(), 1);
});

test('the logger writes every repetition', async () => {
  const { logger, lines } = open();
  for (let line = 0; line < 50; line++) logger.info('again');
  assert.is((await lines()).length, 50);
});

test('the logger takes a message that looks like an object of consola for what it is', async () => {
  const { logger, lines } = open();
  logger.info('%s %d', { message: 'm', tag: 't', type: 'box' });
  const [line] = await lines();
  assert.is(line?.['message'], '%s %d');
  assert.is(line?.['type'], 'box');
  assert.is(line?.['level'], 'info');
});

test('the logger masks secrets in messages and fields', async () => {
  const { logger, lines } = open();
  logger.info('logged in with hunter2hunter2', { url: 'http://x/?k=hunter2hunter2', apiKey: 'abc' });
  const [line] = await lines();
  assert.is(line?.['message'], `logged in with ${MASK}`);
  assert.is(line?.['url'], `http://x/?${MASK}`);
  assert.is(line?.['apiKey'], MASK);
});

test('the logger says how many lines it lost before consola was there, whatever the level', async () => {
  const { logger, lines } = open({ level: 'error' });
  for (let line = 0; line < 10_005; line++) logger.error('early');
  const written = await lines();
  assert.is(written.length, 10_001);
  assert.is(written.at(-1)?.['dropped'], 5);
});

test('the logger says how many lines it dropped while nobody read', async () => {
  const { logger, stream, lines } = open();
  logger.info('x'.repeat(2 * 1024 * 1024));
  for (let line = 0; line < 3; line++) logger.info('dropped');
  for (let waited = 0; waited < 1000 && stream.written.length === 0; waited++)
    await new Promise(setImmediate);
  const written = await lines();
  assert.equal(
    written.slice(1).map(({ level, message, dropped }) => [level, message, dropped]),
    [['warn', 'Log lines were dropped, since nobody read them', 3]],
  );
});

for (const [format, isTTY, environment, expected] of [
  ['auto', true, {}, '\u001b[36minfo \u001b[0m m\n'],
  ['auto', true, { NO_COLOR: '1' }, /^\d\d:\d\d:\d\d\.\d{3} info {2}m\n$/],
  ['auto', false, {}, /^\{"time"/],
  ['pretty', false, {}, /^\d\d:\d\d/],
  ['json', true, {}, /^\{"time"/],
] as const) {
  test(`the logger formats as ${format} ${isTTY ? 'on a terminal' : 'elsewhere'} with ${JSON.stringify(environment)}`, async () => {
    const stream = new MemoryStream(isTTY);
    const { logger } = open({ format, environment, stream });
    logger.info('m');
    const flushing = logger.flush();
    for (let waited = 0; waited < 1000 && stream.written.length === 0; waited++)
      await new Promise(setImmediate);
    stream.readAll();
    await flushing;
    assert.match(stream.written[0] ?? '', expected);
  });
}

test.run();
