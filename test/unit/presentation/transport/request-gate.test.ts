import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parseFrame } from '../../../../src/presentation/jsonrpc/parse.ts';
import type { Peer } from '../../../../src/presentation/jsonrpc/peer.ts';
import { RequestGate } from '../../../../src/presentation/transport/request-gate.ts';

const test = suite('request gate');

/** A gate before a peer that keeps what it gets; every request stays under way until it is ended. */
function open() {
  const got: unknown[] = [];
  const full: boolean[] = [];
  const state = { isSlow: false, requestsInFlight: 0 };
  const take = (frame: { kind: string; id?: unknown; method?: string }) => {
    if (frame.kind === 'request') state.requestsInFlight += 1;
    got.push(frame.id ?? frame.method ?? frame.kind);
  };
  const peer = {
    receive: (text: string) => take(parseFrame(text) as never),
    take: (frame: unknown) => take(frame as never),
    get requestsInFlight() {
      return state.requestsInFlight;
    },
  } as unknown as Peer;
  const gate = new RequestGate({ peer, isSlow: () => state.isSlow, onFull: (isFull) => full.push(isFull) });
  const send = (message: object) => gate.receive(JSON.stringify({ jsonrpc: '2.0', ...message }));
  const request = (id: number | string, more: object = {}) => send({ id, method: 'ping', ...more });
  return { gate, got, full, state, send, request };
}

test('requests of a client that reads pass at once', () => {
  const { got, request, gate } = open();
  for (const id of [1, 2]) request(id);
  assert.equal([got, gate.size], [[1, 2], 0]);
});

test('requests of a slow reader wait in their order, notifications and answers do not', () => {
  const { gate, got, state, send, request } = open();
  state.isSlow = true;
  request(1);
  send({ method: 'notifications/roots/list_changed' });
  send({ id: 's1', result: {} });
  request('two');
  assert.equal([got, gate.size], [['notifications/roots/list_changed', 's1'], 2]);
  state.isSlow = false;
  gate.proceed();
  assert.equal(got.slice(2), [1, 'two']);
});

test('requests wait for one that is under way if there are too many', () => {
  const { gate, got, state, request } = open();
  for (let id = 1; id <= 300; id++) request(id);
  assert.equal([got.length, gate.size], [256, 44]);
  state.requestsInFlight -= 1;
  gate.proceed();
  assert.equal([got.length, gate.size, got.at(-1)], [257, 43, 257]);
});

test('a request that is cancelled while it waits is never begun; another one is cancelled by the peer', () => {
  const { gate, got, state, send, request } = open();
  request(1);
  state.isSlow = true;
  for (const id of [2, '2', 3]) request(id);
  send({ method: 'notifications/cancelled', params: { requestId: 2 } });
  send({ method: 'notifications/cancelled', params: { requestId: 1 } });
  state.isSlow = false;
  gate.proceed();
  assert.equal(got, [1, 'notifications/cancelled', '2', 3]);
});

test('a full gate stops the reading, and lets it go on when half of it is gone', () => {
  const { gate, full, state, request } = open();
  state.isSlow = true;
  const params = { text: 'x'.repeat(300_000) };
  for (let id = 1; id <= 4; id++) request(id, { params });
  assert.equal(full, [true]);
  state.isSlow = false;
  gate.proceed();
  assert.equal([full, gate.size], [[true, false], 0]);
});

test('answers and cancellations come through behind requests that wait for work', () => {
  const { gate, got, full, send, request } = open();
  const params = { text: 'x'.repeat(300_000) };
  for (let id = 1; id <= 266; id++) request(id, { params });
  send({ id: 's1', result: {} });
  send({ method: 'notifications/cancelled', params: { requestId: 3 } });
  assert.equal([full, gate.size, got.slice(256)], [[], 10, ['s1', 'notifications/cancelled']]);
});

test('much waits for work, and no more', () => {
  const { full, gate, state, request } = open();
  const params = { text: 'x'.repeat(3_000_000) };
  for (let id = 1; id <= 256; id++) request(id);
  for (let id = 257; id <= 262; id++) request(id, { params });
  assert.equal(full, [true]);
  state.isSlow = true;
  state.requestsInFlight = 0;
  gate.proceed();
  assert.equal(full, [true]);
  state.isSlow = false;
  gate.proceed();
  assert.equal([full, gate.size], [[true, false], 0]);
});

test('a client that stops to read while much waits for work fills the gate', () => {
  const { full, gate, state, request } = open();
  for (let id = 1; id <= 256; id++) request(id);
  for (let id = 257; id <= 260; id++) request(id, { params: { text: 'x'.repeat(300_000) } });
  assert.equal(full, []);
  state.isSlow = true;
  gate.proceed();
  assert.equal(full, [true]);
});

test('of a batch that waits, what is cancelled is never begun; a batch of answers waits for nothing', () => {
  const begun: unknown[] = [];
  let isSlow = true;
  const take = (frame: { members?: readonly { id?: unknown }[] }) =>
    void begun.push((frame.members ?? []).map(({ id }) => id));
  const peer = { take, receive: assert.unreachable, requestsInFlight: 0 } as unknown as Peer;
  const gate = new RequestGate({ peer, isSlow: () => isSlow, onFull: () => undefined });
  const ping = (id: string) => ({ jsonrpc: '2.0', id, method: 'ping' });
  const cancel = (requestId: string) =>
    gate.receive(
      JSON.stringify({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId } }),
    );
  gate.receive(JSON.stringify([ping('a'), ping('b')]));
  gate.receive(JSON.stringify([ping('c')]));
  gate.receive(JSON.stringify([{ jsonrpc: '2.0', id: 's1', result: {} }]));
  cancel('a');
  cancel('c');
  isSlow = false;
  gate.proceed();
  assert.equal([begun, gate.size], [[['s1'], ['b']], 0]);
});

test('what is forgotten is never begun, and nobody waits for it', async () => {
  const { gate, got, state, request } = open();
  state.isSlow = true;
  request(1);
  const empty = gate.whenEmpty();
  gate.clear();
  await empty;
  state.isSlow = false;
  gate.proceed();
  assert.equal([got, gate.size], [[], 0]);
});

test('a crowd of requests that are answered at once is begun in its order, one after the other', () => {
  const begun: unknown[] = [];
  let isSlow = true;
  let depth = 0;
  let deepest = 0;
  const take = (frame: { id?: unknown }) => {
    depth += 1;
    deepest = Math.max(deepest, depth);
    begun.push(frame.id);
    gate.proceed(); // its work has ended
    depth -= 1;
  };
  const peer = { take, receive: assert.unreachable, requestsInFlight: 0 } as unknown as Peer;
  const gate = new RequestGate({ peer, isSlow: () => isSlow, onFull: () => undefined });
  const ids = Array.from({ length: 20_000 }, (_, at) => at);
  for (const id of ids) gate.receive(JSON.stringify({ jsonrpc: '2.0', id, method: 'ping' }));
  isSlow = false;
  gate.proceed();
  assert.is(deepest, 1);
  assert.equal(begun, ids);
});

test.run();
