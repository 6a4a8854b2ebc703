import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { skip } from '../support/skip.ts';
import { expectEnd, expectExit, fixture, product, request, testScenario } from '../support/vectors.ts';

const test = suite('Vectors: shutdown');

const call = (id: number, name: string, ms: number) => request(id, 'tools/call', { name, arguments: { ms } });
const minute = 60_000;
/** Settings of the fixture server whose work has this many seconds once the end has come. */
const grace = (seconds: number) => ({ env: { FIXTURE: JSON.stringify({ shutdownTimeout: seconds }) } });

testScenario(
  test,
  { vector: 35, what: 'a call that ends within the grace is answered after the end of input', on: fixture },
  async (server) => {
    await server.initialize();
    server.send(call(7, 'slow', 400));
    await expectEnd(server);
    assert.is((await server.answer(7)).result.content[0].text, 'slept 400');
  },
  grace(20),
);

for (const tool of ['slow', 'stubborn']) {
  testScenario(
    test,
    { vector: 35, what: `one that outlasts it is not, and holds nobody up: "${tool}"`, on: fixture },
    async (server) => {
      await server.initialize();
      server.send(call(7, tool, minute));
      await expectEnd(server);
      assert.is(server.frames.length, 1);
    },
    grace(0.1),
  );
}

testScenario(
  test,
  { vector: 36, what: 'the end of input, with nothing to do, in any state', on: product },
  async (server) => {
    await expectEnd(server);
    assert.equal(server.frames, []);
  },
);

testScenario(test, { vector: 36, what: 'the same within a session', on: product }, async (server) => {
  await server.initialize();
  await expectEnd(server);
  assert.is(server.frames.length, 1);
  assert.is(server.stderr, '');
});

testScenario(
  test,
  {
    vector: 45,
    what: 'a client that reads no more, then a ping: the server ends, without a word',
    on: product,
  },
  async (server) => {
    await server.initialize();
    server.child.stdout.destroy();
    server.send(request(1, 'ping'));
    await expectExit(server);
    assert.is(server.stderr, '');
  },
);

testScenario(
  test,
  { vector: 45, what: 'the same while a call is under way: it is not waited for', on: fixture },
  async (server) => {
    await server.initialize();
    server.send(call(7, 'slow', minute));
    await server.request(1, 'ping');
    server.child.stdout.destroy();
    server.send(request(2, 'ping'));
    await expectExit(server);
    assert.is(server.stderr, '');
  },
  grace(minute),
);

/** Scenarios in which a signal is answered: Windows has none that can be. */
const testSignal: typeof testScenario = (suite, title, ...rest) =>
  process.platform === 'win32'
    ? skip(suite, 'signals', `${title.vector}: ${title.what}`)
    : testScenario(suite, title, ...rest);

for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
  testSignal(
    test,
    { vector: 47, what: `${signal} with a call that ends within the grace: it is answered`, on: fixture },
    async (server) => {
      await server.initialize();
      server.send(call(7, 'slow', 400));
      await server.request(1, 'ping'); // the call is under way
      server.child.kill(signal);
      await expectExit(server);
      assert.is((await server.answer(7)).result.content[0].text, 'slept 400');
    },
    grace(20),
  );

  testSignal(
    test,
    { vector: 47, what: `${signal} with one that outlasts it: not answered`, on: fixture },
    async (server) => {
      await server.initialize();
      server.send(call(7, 'slow', minute));
      await server.request(1, 'ping');
      server.child.kill(signal);
      await expectExit(server);
      assert.is(server.frames.length, 2);
    },
    grace(0.1),
  );

  testSignal(test, { vector: 47, what: `${signal} with nothing to do`, on: product }, async (server) => {
    await server.initialize();
    server.child.kill(signal);
    await expectExit(server);
    assert.is(server.stderr, '');
  });
}

testSignal(
  test,
  { vector: 47, what: 'a second signal ends it at once, whatever is under way', on: fixture },
  async (server) => {
    await server.initialize();
    server.send(call(7, 'slow', minute));
    await server.request(1, 'ping');
    server.child.kill('SIGTERM');
    server.child.kill('SIGINT');
    await expectExit(server);
    assert.is(server.frames.length, 2);
  },
  grace(minute),
);

test.run();
