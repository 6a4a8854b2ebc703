import * as assert from 'uvu/assert';
import type { PlatformSpan } from '../platform-data.ts';
import { SECOND_WORKSPACE, seededData } from '../seeded-data.ts';
import type { Fact } from './fact.ts';

const NOW = Date.UTC(2026, 10, 30, 12);
const seeded = seededData(NOW);
const [root] = seeded.spans as [PlatformSpan];

const withSpans = (spans: readonly PlatformSpan[]) => ({ now: () => NOW, data: { ...seeded, spans } });

const bigTrace = Array.from({ length: 1200 }, (_, index) => ({
  ...root,
  spanId: index.toString(16).padStart(16, '0'),
  startMs: NOW - 2000 + index,
}));

/** One trace, whose second span is the longest, and alone has failed. */
const pair = [
  { ...root, status: 'unset' as const, startMs: NOW - 1000, durationMs: 10 },
  {
    ...root,
    spanId: 'b',
    service: 'db',
    name: 'SELECT',
    status: 'error' as const,
    startMs: NOW - 900,
    durationMs: 50,
  },
];

export const traceFacts: readonly Fact[] = [
  {
    name: 'rows of spans have the names of the columns, and their duration in milliseconds beside',
    fault: 'rowsInSnakeCase',
    check: async (subject) => {
      const { body } = await subject.query('traces', { pagination: { limit: 1 } });
      assert.equal(Object.keys(body.data[0] ?? {}), [
        'timestamp',
        'trace_id',
        'span_id',
        'parent_span_id',
        'span_name',
        'span_kind',
        'service_name',
        'status_code',
        'status_message',
        'duration_ns',
        'organization_id',
        'workspace_id',
        'tenant_id',
        'resource_attributes',
        'span_attributes',
        'events',
        'links',
        'durationMs',
      ]);
    },
  },
  {
    name: 'a duration in nanoseconds is a string on an older ClickHouse',
    fault: 'integersAreStrings',
    check: async (subject) => {
      const { body } = await subject.query('traces', { pagination: { limit: 1 } });
      assert.type(body.data[0].duration_ns, 'string');
      assert.is(Number(body.data[0].duration_ns) / 1e6, body.data[0].durationMs);
    },
  },
  {
    name: 'events and links are strings, and the parent of a root is empty',
    needsFake: true,
    check: async (subject) => {
      const { body } = await subject.query('traces', { serviceName: 'gateway', pagination: { limit: 1 } });
      assert.equal([body.data[0].events, body.data[0].links, body.data[0].parent_span_id], ['[]', '[]', '']);
    },
  },
  {
    name: 'a query for spans gives 100 without pagination, newest first',
    needsFake: true,
    check: async (subject) => {
      const { body } = await subject.query('traces');
      assert.is(body.data.length, 100);
      const times = body.data.map((row: { timestamp: string }) => row.timestamp);
      assert.equal(times, times.toSorted().toReversed());
    },
  },
  {
    name: 'many traces come at once by their ids',
    needsFake: true,
    check: async (subject) => {
      const ids = [...new Set(subject.fake.state.data.spans.map(({ traceId }) => traceId))].slice(0, 3);
      const { body } = await subject.query('traces', { traceIds: ids, pagination: { limit: 1000 } });
      assert.equal(new Set(body.data.map((row: { trace_id: string }) => row.trace_id)), new Set(ids));
    },
  },
  {
    name: 'spans are found by duration, status and a part of their name',
    needsFake: true,
    options: withSpans(pair),
    check: async (subject) => {
      const names = async (filter: object) =>
        (await subject.query('traces', { ...filter })).body.data.map(
          (row: { span_name: string }) => row.span_name,
        );
      assert.equal(await names({ minDurationMs: 11 }), ['SELECT']);
      assert.equal(await names({ hasError: true }), ['SELECT']);
      assert.equal(await names({ hasError: false }), [root.name]);
      assert.equal(await names({ spanName: 'sel' }), ['SELECT']);
      assert.equal(await names({ statusCode: 'UNSET' }), [root.name]);
    },
  },
  {
    name: 'a trace by its id is a bare array, oldest first',
    needsFake: true,
    options: withSpans(pair),
    check: async (subject) => {
      const { body } = await subject.get(`query/signals/traces/${root.traceId}`);
      assert.equal(
        body.map((row: { span_name: string }) => row.span_name),
        [root.name, 'SELECT'],
      );
    },
  },
  {
    name: 'a trace ends at 1,000 spans without a word',
    fault: 'spansCut',
    needsFake: true,
    options: withSpans(bigTrace),
    check: async (subject) => {
      assert.is((await subject.get(`query/signals/traces/${root.traceId}`)).body.length, 1000);
      const { body } = await subject.query('traces', {
        traceIds: [root.traceId],
        pagination: { limit: 100_000 },
      });
      assert.is(body.data.length, 1200);
    },
  },
  {
    name: 'an unknown trace is a 404 that names it',
    check: async (subject) => {
      const { status, body } = await subject.get(`query/signals/traces/${'0'.repeat(32)}`);
      assert.is(status, 404);
      assert.is(body.error.message, `Trace with ID ${'0'.repeat(32)} not found`);
    },
  },
  ...['services', 'operations'].map(
    (name): Fact => ({
      name: `traces/${name} is taken for a trace id`,
      fault: 'listsOfTracesShadowed',
      check: async (subject) => {
        const { status, body } = await subject.get(`query/signals/traces/${name}`);
        assert.is(status, 404);
        assert.is(body.error.message, `Trace with ID ${name} not found`);
      },
    }),
  ),
  {
    name: 'a summary has the longest span, counts, and the earliest span for its root',
    needsFake: true,
    options: withSpans(pair),
    check: async (subject) => {
      const { body } = await subject.query('traces/summaries');
      const [{ startTime, endTime, services, ...summary }] = body.data;
      assert.equal(services.sort(), ['db', root.service]);
      assert.equal(summary, {
        traceId: root.traceId,
        durationMs: 50,
        spanCount: '2',
        errorCount: '1',
        rootServiceName: root.service,
        rootSpanName: root.name,
        hasLogs: 1,
      });
      assert.equal([startTime, endTime], ['2026-11-30 11:59:59.000000000', '2026-11-30 11:59:59.100000000']);
    },
  },
  {
    name: 'the filter of summaries applies to spans, not to traces',
    fault: 'summariesFilterSpans',
    needsFake: true,
    options: withSpans(pair),
    check: async (subject) => {
      const { body } = await subject.query('traces/summaries', { hasError: true });
      assert.equal([body.data[0].spanCount, body.data[0].rootSpanName], ['1', 'SELECT']);
    },
  },
  {
    name: 'summaries see the whole organization',
    fault: 'summariesIgnoreWorkspace',
    needsFake: true,
    check: async (subject) => {
      const { body } = await subject.query('traces/summaries', { workspaceId: SECOND_WORKSPACE });
      assert.ok(body.data.length > 1);
    },
  },
];
