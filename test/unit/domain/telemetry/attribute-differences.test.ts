import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { attributeDifferences } from '../../../../src/domain/telemetry/attribute-differences.ts';
import { madeChild, madeRoot, madeSpan } from '../../../support/made-spans.ts';

const test = suite('attribute differences');

const traces = (count: number, attributes: (at: number) => Record<string, string>) =>
  Array.from({ length: count }, (_, at) =>
    madeRoot(madeSpan({ spanId: 'root', traceId: `${at}`, attributes: attributes(at) })),
  );

test('values are ordered by their share among slow traces less that among normal ones', () => {
  const found = attributeDifferences(
    traces(10, (at) => ({ tenant: at < 9 ? 'acme' : 'else', version: at < 6 ? '2.0' : '1.9' })),
    traces(20, (at) => ({ tenant: at < 4 ? 'acme' : 'else', version: at < 2 ? '2.0' : '1.9' })),
  );
  assert.equal(
    found.map(({ score, ...difference }) => difference),
    [
      {
        service: 'web',
        attribute: 'tenant',
        value: 'acme',
        slow: { count: 9, of: 10 },
        normal: { count: 4, of: 20 },
        difference: 0.9 - 0.2,
      },
      {
        service: 'web',
        attribute: 'version',
        value: '2.0',
        slow: { count: 6, of: 10 },
        normal: { count: 2, of: 20 },
        difference: 0.6 - 0.1,
      },
    ],
  );
  assert.ok((found[0]?.score ?? 0) > (found[1]?.score ?? 0));
});

test('a value counts once a trace, for each service on its own', () => {
  const many = (version: string) =>
    Array.from({ length: 5 }, (_, at) =>
      madeRoot(
        madeSpan({ spanId: 'root', traceId: `${at}`, attributes: { version: '1' } }),
        ...Array.from({ length: 9 }, (_, child) =>
          madeChild(`${child}`, 'root', [child, child + 1], { service: 'cart', attributes: { version } }),
        ),
      ),
    );
  assert.equal(
    attributeDifferences(many('2'), many('1')).map(({ service, value, slow }) => [service, value, slow]),
    [['cart', '2', { count: 5, of: 5 }]],
  );
});

test('a value of one slow trace is no difference', () => {
  const unique = (group: string) => (at: number) => ({ request: `${group}${at}` });
  assert.equal(attributeDifferences(traces(9, unique('a')), traces(9, unique('b'))), []);
});

test('fewer than five traces in a group say nothing', () => {
  const of = (tenant: string) => () => ({ tenant });
  assert.equal(attributeDifferences(traces(4, of('a')), traces(50, of('b'))), []);
  assert.equal(attributeDifferences(traces(50, of('a')), traces(4, of('b'))), []);
  assert.is(attributeDifferences(traces(5, of('a')), traces(5, of('b'))).length, 1);
});

test('values beyond those that there is room for are not compared', () => {
  const normal = traces(5, () => ({}));
  const slow = (ids: number) =>
    traces(7, (at) => ({
      ...Object.fromEntries(Array.from({ length: ids }, (_, id) => [`id${id}`, `${at}`])),
      ...(at > 4 && { tenant: 'acme' }),
    }));
  assert.is(attributeDifferences(slow(100), normal).length, 1);
  assert.is(attributeDifferences(slow(11_000), normal).length, 0);
});

test('values are compared by their beginnings', () => {
  const [found] = attributeDifferences(
    traces(5, (at) => ({ statement: `${'x'.repeat(1 << 16)}${at}` })),
    traces(5, () => ({ statement: 'y' })),
  );
  assert.is(found?.value.length, 200);
});

test.run();
