import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Exchange, type ExchangeChannel } from '../../../../src/presentation/jsonrpc/exchange.ts';
import { RpcError } from '../../../../src/presentation/jsonrpc/rpc-error.ts';

const test = suite('exchange');

/** An exchange and what went through its connection. */
function open() {
  const sent: unknown[] = [];
  const signals: AbortSignal[] = [];
  const channel: ExchangeChannel = {
    notify: (...notification) => sent.push(notification),
    ask: async (method, params, signal) => {
      signals.push(signal);
      return { method, params };
    },
  };
  return { exchange: new Exchange(1, false, channel), sent, signals };
}

const reason = new Error('no longer wanted');
const other = new Error('another reason');

test('a cancelled exchange aborts the signal that someone looks at, with the reason', () => {
  const { exchange } = open();
  const { signal } = exchange;
  assert.not(signal.aborted);
  exchange.cancel(reason);
  assert.not(exchange.isOpen);
  assert.is(signal.reason, reason);
});

test('a signal that is asked for too late is aborted already, with the first reason', () => {
  const { exchange } = open();
  exchange.interrupt(reason);
  exchange.interrupt(other);
  assert.ok(exchange.signal.aborted);
  assert.is(exchange.signal.reason, reason);
});

test('there is one signal', () => {
  const { exchange } = open();
  assert.is(exchange.signal, exchange.signal);
});

test('an interruption from our side still has its answer', () => {
  const { exchange, sent } = open();
  exchange.interrupt(reason);
  assert.ok(exchange.isOpen);
  assert.is(exchange.signal.reason, reason);
  exchange.requireWanted();
  exchange.notify('n', {});
  assert.is(sent.length, 1);
});

test('work that begins after the cancellation doesn’t', () => {
  const { exchange } = open();
  exchange.requireWanted();
  exchange.cancel(reason);
  assert.throws(
    () => exchange.requireWanted(),
    (error: unknown) => error === reason,
  );
});

test('a protected exchange can’t be cancelled, but interrupted', () => {
  const { exchange } = open();
  exchange.protect();
  exchange.cancel(reason);
  assert.ok(exchange.isOpen);
  assert.not(exchange.signal.aborted);
  exchange.interrupt(other);
  assert.is(exchange.signal.reason, other);
});

test('a second cancellation changes nothing', () => {
  const { exchange } = open();
  exchange.cancel(reason);
  exchange.cancel(other);
  assert.is(exchange.signal.reason, reason);
});

test('an answered exchange can’t be cancelled', () => {
  const { exchange } = open();
  const { signal } = exchange;
  exchange.close();
  exchange.cancel(reason);
  assert.not(signal.aborted);
});

test('a dismissed exchange ends its work, is answered once, and tells nothing more', () => {
  const { exchange, sent } = open();
  const { signal } = exchange;
  const answers: unknown[] = [];
  exchange.protect(); // from the client's cancellation only
  exchange.onDismissed((error) => answers.push(error));
  const error = new RpcError(-32600, 'replaced');
  exchange.dismiss(error);
  exchange.dismiss(error);
  exchange.cancel(reason);
  exchange.notify('n', {});
  assert.equal(answers, [error]);
  assert.is(signal.reason, error);
  assert.not(exchange.isOpen);
  assert.equal(sent, []);
  assert.throws(
    () => exchange.requireWanted(),
    (thrown: unknown) => thrown === error,
  );
});

test('what is cancelled or answered can’t be dismissed', () => {
  for (const end of ['cancel', 'close'] as const) {
    const { exchange } = open();
    exchange.onDismissed(() => assert.unreachable());
    exchange[end](reason);
    exchange.dismiss(new RpcError(-32600, 'replaced'));
  }
});

test('an exchange calls back once, after the answer', () => {
  const { exchange } = open();
  let calls = 0;
  exchange.onceAnswered(() => {
    calls += 1;
  });
  assert.is(calls, 0);
  exchange.close();
  exchange.close();
  assert.is(calls, 1);
});

test('an exchange has no afterwards when it was cancelled', () => {
  const { exchange } = open();
  let calls = 0;
  exchange.onceAnswered(() => {
    calls += 1;
  });
  exchange.cancel(reason);
  exchange.close();
  assert.is(calls, 0);
});

test('an exchange passes its notifications on while it is open', () => {
  const { exchange, sent } = open();
  exchange.notify('n', { a: 1 }, { droppable: true });
  exchange.notify('n', { a: 2 });
  assert.equal(sent, [
    ['n', { a: 1 }, { droppable: true }],
    ['n', { a: 2 }, undefined],
  ]);
});

for (const [what, end] of [
  ['answered', (exchange: Exchange) => exchange.close()],
  ['cancelled', (exchange: Exchange) => exchange.cancel(reason)],
] as const) {
  test(`an exchange is silent once it is ${what}`, () => {
    const { exchange, sent } = open();
    end(exchange);
    exchange.notify('n', {});
    assert.equal(sent, []);
  });
}

test('an exchange asks with its own signal', async () => {
  const { exchange, signals } = open();
  assert.equal(await exchange.ask('roots/list', { a: 1 }), { method: 'roots/list', params: { a: 1 } });
  assert.is(signals[0], exchange.signal);
});

test.run();
