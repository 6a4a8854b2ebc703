import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { callEdges } from '../../../../src/domain/telemetry/call-edges.ts';
import { madeChild, madeRoot, madeSpan } from '../../../support/made-spans.ts';

const test = suite('call edges');

const trace = () =>
  madeRoot(
    madeSpan({ spanId: 'root' }),
    madeChild('inside', 'root', [0, 90]),
    madeChild('call', 'inside', [10, 50], { kind: 'client' }),
    madeChild('serve', 'call', [15, 45], { kind: 'server', service: 'cart', status: 'error' }),
    madeChild('query', 'serve', [20, 40], { kind: 'server', service: 'stock' }),
    madeChild('again', 'call', [46, 49], { kind: 'server', service: 'cart' }),
    madeChild('send', 'root', [60, 61], { kind: 'producer' }),
    madeChild('take', 'send', [200, 260], { kind: 'consumer', service: 'mail' }),
  );

test('calls between services are counted over all traces, with failures, time and what nobody waited for', () => {
  assert.equal(callEdges([trace(), trace()]), [
    { caller: 'web', callee: 'cart', calls: 4, errors: 2, totalMs: 66, asynchronous: 0 },
    { caller: 'web', callee: 'mail', calls: 2, errors: 0, totalMs: 120, asynchronous: 2 },
    { caller: 'cart', callee: 'stock', calls: 2, errors: 0, totalMs: 40, asynchronous: 0 },
  ]);
});

test('a call that begins when its client has ended is not waited for', () => {
  const root = madeRoot(
    madeSpan({ spanId: 'call', kind: 'client' }),
    madeChild('serve', 'call', [100, 300], { kind: 'server', service: 'cart' }),
  );
  assert.is(callEdges([root])[0]?.asynchronous, 1);
});

test('a span whose parent is missing has no caller', () => {
  assert.equal(
    callEdges([madeRoot(madeChild('serve', 'gone', [0, 5], { kind: 'server', service: 'cart' }))]),
    [],
  );
});

test.run();
