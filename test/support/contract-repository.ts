import type { Test } from 'uvu';
import * as assert from 'uvu/assert';
import { codeOf, failureOf } from './failure.ts';

interface Aggregate {
  readonly pendingEvents: readonly { readonly type: string }[];
  snapshot(): unknown;
}

export interface Repository<Id, Kept extends Aggregate> {
  add(one: Kept): Promise<void>;
  find(id: Id): Promise<Kept | undefined>;
  update(id: Id, change: (one: Kept) => void): Promise<Kept>;
}

/** The aggregates that a repository is tried with. */
export interface Samples<Id, Kept extends Aggregate, Repo extends Repository<Id, Kept>> {
  /** The aggregate's name, which its error codes begin with. */
  readonly what: string;
  readonly idOf: (name: string) => Id;
  /** One to which any `mark` can be added; these are its events. */
  readonly make: (name: string) => Kept;
  readonly madeEvents: readonly string[];
  /** One that holds everything that it can. */
  readonly rich: (name: string) => Kept;
  /** Changes it so that `marksOf` finds this text. */
  readonly mark: (one: Kept, text: string) => void;
  readonly marksOf: (one: Kept, kept: Repo) => readonly string[] | Promise<readonly string[]>;
  /** A change that is refused the second time; these are its events. */
  readonly changeOnce: (one: Kept) => void;
  readonly changeEvents: readonly string[];
  /** All changes that there are, from the first to the last state. */
  readonly life: { readonly begin: (name: string) => Kept; readonly steps: readonly ((one: Kept) => void)[] };
}

const typesOf = ({ pendingEvents }: Aggregate) => pendingEvents.map(({ type }) => type);

/** The behaviour of every repository that adds, finds and updates. `open` makes an empty one for each test. */
export function repositoryContract<Id, Kept extends Aggregate, Repo extends Repository<Id, Kept>>(
  test: Test,
  open: () => Promise<Repo>,
  {
    what,
    idOf,
    make,
    madeEvents,
    rich,
    mark,
    marksOf,
    changeOnce,
    changeEvents,
    life,
  }: Samples<Id, Kept, Repo>,
): void {
  const stored = async (kept: Repository<Id, Kept>, name: string) =>
    (await kept.find(idOf(name)))?.snapshot();

  test(`finds the ${what} that was added, as it was`, async () => {
    const kept = await open();
    const one = rich('a');
    await kept.add(one);
    assert.equal(await stored(kept, 'a'), one.snapshot());
  });

  test('finds nothing that was never added', async () => {
    const kept = await open();
    await kept.add(make('a'));
    for (const name of ['b', '', 'A', '__proto__']) assert.is(await stored(kept, name), undefined);
  });

  test(`adds a ${what} once`, async () => {
    const kept = await open();
    const first = rich('a');
    await kept.add(first);
    assert.is(await codeOf(kept.add(make('a'))), `${what}.exists`);
    assert.equal(await stored(kept, 'a'), first.snapshot());
  });

  test('hands out copies: only update stores', async () => {
    const kept = await open();
    const added = make('a');
    await kept.add(added);
    const before = added.snapshot();
    mark(added, 'one');
    const found = await kept.find(idOf('a'));
    if (found) mark(found, 'two');
    const updated = await kept.update(idOf('a'), () => undefined);
    mark(updated, 'three');
    assert.equal(await stored(kept, 'a'), before);
  });

  test(`keeps everything that a ${what} knows, in every state`, async () => {
    const kept = await open();
    await kept.add(life.begin('a'));
    for (const step of life.steps) {
      const updated = await kept.update(idOf('a'), step);
      assert.equal(await stored(kept, 'a'), updated.snapshot());
    }
  });

  test(`a ${what} that was added keeps its events until the caller has published them`, async () => {
    const kept = await open();
    const one = make('a');
    await kept.add(one);
    assert.equal(typesOf(one), madeEvents);
  });

  test(`an update hands over the ${what} as stored, with its new events inside`, async () => {
    const kept = await open();
    await kept.add(make('a'));
    const updated = await kept.update(idOf('a'), changeOnce);
    assert.equal(await stored(kept, 'a'), updated.snapshot());
    assert.equal(typesOf(updated), changeEvents);
  });

  test(`a ${what} that is found tells no events again`, async () => {
    const kept = await open();
    await kept.add(make('a'));
    await kept.update(idOf('a'), changeOnce);
    assert.equal((await kept.find(idOf('a')))?.pendingEvents, []);
  });

  test('refuses to update what isn’t there', async () => {
    const kept = await open();
    assert.is(await codeOf(kept.update(idOf('a'), () => undefined)), `${what}.not-found`);
    assert.is(await stored(kept, 'a'), undefined);
  });

  test('stores nothing of a change that fails, and fails as it does', async () => {
    const kept = await open();
    await kept.add(make('a'));
    const before = await stored(kept, 'a');
    const boom = new Error('boom');
    const failing = kept.update(idOf('a'), (one) => {
      mark(one, 'one');
      throw boom;
    });
    assert.is(await failureOf(failing), boom);
    assert.equal(await stored(kept, 'a'), before);
  });

  test('loses no update, however many come at once', async () => {
    const kept = await open();
    await kept.add(make('a'));
    const texts = Array.from({ length: 20 }, (_, n) => `test://${n}`);
    await Promise.all(texts.map((text) => kept.update(idOf('a'), (one) => mark(one, text))));
    const found = await kept.find(idOf('a'));
    assert.equal(found && [...(await marksOf(found, kept))].sort(), texts.sort());
  });

  test('of updates that exclude each other one succeeds', async () => {
    const kept = await open();
    await kept.add(make('a'));
    const updates = Array.from({ length: 3 }, () => kept.update(idOf('a'), changeOnce));
    const outcomes = await Promise.allSettled(updates);
    assert.equal(outcomes.map(({ status }) => status).sort(), ['fulfilled', 'rejected', 'rejected']);
    const [updated] = outcomes.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : []));
    assert.equal(await stored(kept, 'a'), updated?.snapshot());
  });

  test(`an update changes no other ${what}`, async () => {
    const kept = await open();
    await kept.add(make('a'));
    await kept.add(make('b'));
    const before = await stored(kept, 'b');
    await kept.update(idOf('a'), (one) => mark(one, 'one'));
    assert.equal(await stored(kept, 'b'), before);
  });
}
