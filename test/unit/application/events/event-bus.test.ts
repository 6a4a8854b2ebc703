import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { EventBus } from '../../../../src/application/events/event-bus.ts';
import { promptRegistered } from '../../../../src/domain/prompt/prompt-events.ts';
import {
  resourceRead,
  resourceRegistered,
  resourceUpdated,
} from '../../../../src/domain/resource/resource-events.ts';
import { countingStamps } from '../manual-clock.ts';
import { RecordingLogger } from '../recording-logger.ts';

const test = suite('event-bus');

const nextStamp = countingStamps();

test('the bus tells each subscriber the events of its type, in order', () => {
  const bus = new EventBus(new RecordingLogger());
  const heard: string[] = [];
  bus.on('ResourceUpdated', ({ payload }) => heard.push(`first ${payload.uri}`));
  bus.on('ResourceUpdated', ({ payload }) => heard.push(`second ${payload.uri}`));
  bus.on('PromptRegistered', ({ payload }) => heard.push(payload.promptName));
  bus.publish([
    resourceUpdated('a:', nextStamp()),
    promptRegistered('greet', nextStamp()),
    resourceRegistered('nobody:', nextStamp()),
    resourceUpdated('b:', nextStamp()),
  ]);
  assert.equal(heard, ['first a:', 'second a:', 'greet', 'first b:', 'second b:']);
});

test('the bus tells nothing to who has left, and the others still', () => {
  const bus = new EventBus(new RecordingLogger());
  const heard: string[] = [];
  const leave = bus.on('ResourceUpdated', () => heard.push('left'));
  bus.on('ResourceUpdated', () => heard.push('stayed'));
  leave();
  leave();
  bus.publish([resourceUpdated('a:', nextStamp())]);
  assert.equal(heard, ['stayed']);
});

test('who leaves while an event is told disturbs nobody', () => {
  const bus = new EventBus(new RecordingLogger());
  const heard: string[] = [];
  const leave = bus.on('ResourceUpdated', () => {
    heard.push('once');
    leave();
  });
  bus.on('ResourceUpdated', () => heard.push('stayed'));
  bus.publish([resourceUpdated('a:', nextStamp()), resourceUpdated('b:', nextStamp())]);
  assert.equal(heard, ['once', 'stayed', 'stayed']);
});

test('a subscriber that fails is logged and harms nobody', () => {
  const logger = new RecordingLogger();
  const bus = new EventBus(logger);
  const heard: string[] = [];
  bus.on('ResourceUpdated', () => {
    throw new Error('boom');
  });
  bus.on('ResourceUpdated', ({ payload }) => heard.push(payload.uri));
  bus.publish([resourceUpdated('a:', nextStamp()), resourceUpdated('b:', nextStamp())]);
  assert.equal(heard, ['a:', 'b:']);
  assert.equal(
    logger.records,
    Array.from({ length: 2 }, () => ({
      level: 'error',
      message: 'An event subscriber failed',
      fields: { event: 'ResourceUpdated', error: 'Error: boom' },
    })),
  );
});

test('the bus tells a subscriber of a class every event of it, before those of its type hear it', () => {
  const bus = new EventBus(new RecordingLogger());
  const heard: string[] = [];
  bus.on('ResourceUpdated', () => heard.push('by type'));
  const leave = bus.onClass('registration', ({ type }) => heard.push(type));
  bus.onClass('audit', ({ type }) => heard.push(`audit ${type}`));
  bus.publish([promptRegistered('greet', nextStamp()), resourceUpdated('a:', nextStamp())]);
  bus.publish([resourceRead({ uri: 'a:', success: true }, nextStamp())]);
  assert.ok(bus.hears('PromptRegistered', 'registration'), 'nobody listens to this type alone');
  leave();
  bus.publish([promptRegistered('greet', nextStamp())]);
  assert.not(bus.hears('PromptRegistered', 'registration'));
  assert.equal(heard, ['PromptRegistered', 'ResourceUpdated', 'by type', 'audit ResourceRead']);
});

test('the bus knows whether anyone listens', () => {
  const bus = new EventBus(new RecordingLogger());
  assert.not(bus.hears('ResourceUpdated', 'registration'));
  const leave = bus.on('ResourceUpdated', () => undefined);
  assert.ok(bus.hears('ResourceUpdated', 'registration'));
  assert.not(bus.hears('ResourceRead', 'audit'));
  leave();
  assert.not(bus.hears('ResourceUpdated', 'registration'));
});

test('many listeners hear in several iterations, in order, but for who has left by then', async () => {
  const bus = new EventBus(new RecordingLogger());
  const heard: number[] = [];
  const leave = Array.from({ length: 1200 }, (_, at) =>
    bus.onAmongMany('ResourceUpdated', () => heard.push(at)),
  );
  bus.publish([resourceUpdated('a:', nextStamp())]);
  assert.is(heard.length, 500, 'the first are told at once');
  leave[1199]?.();
  const lengths = await new Promise<number[]>((resolve) => {
    const seen: number[] = [];
    const look = () => {
      seen.push(heard.length);
      if (heard.length >= 1199) resolve(seen);
      else setImmediate(look);
    };
    setImmediate(look);
  });
  assert.equal(lengths, [1000, 1199]);
  assert.equal(
    heard,
    Array.from({ length: 1199 }, (_, at) => at),
  );
});

test('the bus tells the rest of many, although one of them fails', async () => {
  const logger = new RecordingLogger();
  const bus = new EventBus(logger);
  const heard: number[] = [];
  for (let at = 0; at < 502; at++) {
    bus.onAmongMany('ResourceUpdated', () => {
      if (at === 500) throw new Error('broken');
      heard.push(at);
    });
  }
  bus.publish([resourceUpdated('a:', nextStamp())]);
  await new Promise((resolve) => setImmediate(resolve));
  assert.is(heard.at(-1), 501);
});

test('an event is made once, and only where somebody takes it', () => {
  const bus = new EventBus(new RecordingLogger());
  const heading = {
    type: 'ResourceRead',
    class: 'audit',
    aggregate: { type: 'resource', id: 'a:' },
  } as const;
  const heard: string[] = [];
  let made = 0;
  const report = (success: boolean) =>
    bus.report({ ...heading, success }, () => {
      made += 1;
      return resourceRead({ uri: 'a:', success }, nextStamp());
    });
  report(true);
  assert.is(made, 0, 'nobody listens');
  bus.onClass(
    'audit',
    () => heard.push('failures'),
    ({ success }) => !success,
  );
  report(true);
  assert.equal([made, heard], [0, []], 'who listens does not want this one');
  const leave = bus.onClass('audit', () => heard.push('all'));
  report(false);
  assert.equal([made, heard], [1, ['failures', 'all']]);
  leave();
  bus.on('ResourceRead', () => heard.push('by type'));
  report(true);
  assert.equal([made, heard.slice(2)], [2, ['by type']]);
});

test.run();
