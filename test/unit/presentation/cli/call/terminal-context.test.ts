import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { LogThreshold } from '../../../../../src/application/ports/logger.ts';
import { serverIdentity } from '../../../../../src/composition/server-identity.ts';
import { terminalContext } from '../../../../../src/presentation/cli/call/terminal-context.ts';
import { codeOf } from '../../../../support/failure.ts';
import { RecordingTerminal } from '../recording-terminal.ts';

const test = suite('terminalContext');

function contextAt(wanted: readonly LogThreshold[], interrupted = new AbortController().signal) {
  const terminal = new RecordingTerminal();
  const silent = () => undefined;
  const logger = {
    enabled: (level: LogThreshold) => wanted.includes(level),
    error: silent,
    warn: silent,
    info: silent,
    debug: silent,
  };
  const clock = { now: 0 };
  const server = serverIdentity('any');
  const context = terminalContext({ server, logger }, terminal, interrupted, () => clock.now);
  return { terminal, context, clock };
}

test('the context tells progress of what takes a while', () => {
  const { terminal, context, clock } = contextAt([]);
  context.progress(0.5);
  clock.now = 2000;
  context.progress(1);
  context.progress(2, 3);
  context.progress(3, 3, 'done');
  assert.equal(terminal.told, ['progress: 1', 'progress: 2 of 3', 'progress: 3 of 3, done']);
});

test('the context tells what a client would be logged, from the configured level up', () => {
  const { terminal, context } = contextAt(['error', 'warn']);
  context.log('debug', 'unheard');
  context.log('notice', 'unheard');
  context.log('warning', { disk: 'full' });
  context.log('emergency', 'fire', 'sensors');
  assert.equal(terminal.told, ['warning: {"disk":"full"}', 'emergency: sensors: fire']);
});

test('the context can ask nobody', async () => {
  const { context } = contextAt([]);
  assert.not.ok(context.client.can('elicitation'));
  assert.equal(await context.ask({}), {});
  const question = { kind: 'elicitation', message: 'Sure?', requestedSchema: {} } as const;
  assert.is(await codeOf(context.ask({ question })), 'client.capability-missing');
});

test('the context is aborted from outside and from inside', () => {
  const outside = new AbortController();
  const first = contextAt([], outside.signal).context;
  outside.abort(new Error('Ctrl-C'));
  assert.is(first.signal.reason.message, 'Ctrl-C');
  const second = contextAt([]).context;
  second.interrupt(new Error('too late'));
  assert.is(second.signal.reason.message, 'too late');
});

test.run();
