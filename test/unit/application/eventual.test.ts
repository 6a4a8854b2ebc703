import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { andThen, type Eventual, observed, orElse } from '../../../src/application/eventual.ts';
import { outcomeOf } from '../../support/failure.ts';

const test = suite('eventual');

const boom = new Error('boom');
const fail = (): never => {
  throw boom;
};

/** The same, there already or still to come. */
const forms = [
  ['at once', <T>(value: T): Eventual<T> => value, fail],
  ['later', <T>(value: T): Eventual<T> => Promise.resolve(value), (): Promise<never> => Promise.reject(boom)],
] as const;

test('andThen goes on at once with what is there', () => {
  assert.is(
    andThen(2, (n) => n + 1),
    3,
  );
});

test('andThen waits for what is not', async () => {
  const next = andThen(Promise.resolve(2), (n) => n + 1);
  assert.instance(next, Promise);
  assert.is(await next, 3);
});

for (const [when, made, failed] of forms) {
  test(`andThen takes a next step that ends ${when}`, async () => {
    assert.is(await andThen(made(2), (n) => made(n + 1)), 3);
  });

  test(`andThen passes a failure ${when} of the next step`, async () => {
    assert.is(await outcomeOf(() => andThen(made(2), failed)), boom);
  });

  test(`orElse keeps what succeeds ${when}`, async () => {
    assert.is(await orElse<number>(() => made(2), fail), 2);
  });

  test(`orElse recovers from a failure ${when}`, async () => {
    assert.is(
      await orElse<string>(failed, (error) => (error === boom ? 'recovered' : 'another error')),
      'recovered',
    );
  });

  test(`orElse fails as its recovery fails ${when}`, async () => {
    const other = new Error('other');
    assert.is(
      await outcomeOf(() =>
        orElse<string>(failed, () => {
          throw other;
        }),
      ),
      other,
    );
  });

  test(`observed tells of a success ${when}, and passes it`, async () => {
    const seen: unknown[] = [];
    const value = await observed(() => made(2), {
      done: (result) => seen.push(['done', result]),
      failed: (error) => seen.push(['failed', error]),
    });
    assert.is(value, 2);
    assert.equal(seen, [['done', 2]]);
  });

  test(`observed tells of a failure ${when}, and passes it`, async () => {
    const seen: unknown[] = [];
    const outcome = await outcomeOf(() =>
      observed<number>(failed, {
        done: (result) => seen.push(['done', result]),
        failed: (error) => seen.push(['failed', error]),
      }),
    );
    assert.is(outcome, boom);
    assert.equal(seen, [['failed', boom]]);
  });
}

test('what is there isn’t made to wait', () => {
  assert.is(
    orElse(
      () => 1,
      () => 2,
    ),
    1,
  );
  assert.is(
    observed(() => 1, { done: () => undefined, failed: () => undefined }),
    1,
  );
});

test('observed takes no failure of its observer for one of the work', () => {
  const seen: unknown[] = [];
  assert.throws(
    () => observed(() => 1, { done: fail, failed: (error) => seen.push(error) }),
    (error: unknown) => error === boom,
  );
  assert.equal(seen, []);
});

test.run();
