import * as assert from 'uvu/assert';
import { OWN } from '../platform-data.ts';
import { SECOND_WORKSPACE, seededData } from '../seeded-data.ts';
import type { Answer, Fact } from './fact.ts';

// biome-ignore lint/suspicious/noExplicitAny: rows are the platform's
const bodies = ({ body }: Answer): string[] => body.data.map((row: any) => row.body);

const NOW = Date.UTC(2026, 10, 30, 12);
const line = seededData(NOW).logs[0];

/** A platform with these bodies, newest first. */
const withBodies = (...given: string[]) => ({
  now: () => NOW,
  data: {
    ...seededData(NOW),
    logs: given.map((body, index) => ({ ...(line as NonNullable<typeof line>), timeMs: NOW - index, body })),
  },
});

export const logFacts: readonly Fact[] = [
  {
    name: 'rows of logs have the names of the columns',
    fault: 'rowsInSnakeCase',
    check: async (subject) => {
      const { body } = await subject.query('logs', { pagination: { limit: 1 } });
      assert.equal(Object.keys(body.data[0] ?? {}), [
        'timestamp',
        'observed_timestamp',
        'trace_id',
        'span_id',
        'trace_flags',
        'severity_text',
        'severity_number',
        'service_name',
        'organization_id',
        'workspace_id',
        'tenant_id',
        'body',
        'resource_attributes',
        'scope_name',
        'scope_version',
        'log_attributes',
      ]);
    },
  },
  {
    name: 'times have nanoseconds and no zone',
    fault: 'timesWithoutZone',
    check: async (subject) => {
      const { body } = await subject.query('logs', { pagination: { limit: 1 } });
      assert.match(body.data[0].timestamp, /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{9}$/);
    },
  },
  {
    name: 'logs come newest first, and both ends of the range count',
    needsFake: true,
    options: withBodies('c', 'b', 'a'),
    check: async (subject) => {
      const at = (ago: number) => new Date(NOW - ago).toISOString();
      assert.equal(bodies(await subject.query('logs', { from: at(2), to: at(0) })), ['c', 'b', 'a']);
      assert.equal(bodies(await subject.query('logs', { from: at(2), to: at(1) })), ['b', 'a']);
    },
  },
  {
    name: 'page 2 gives the rows of page 1',
    fault: 'pageIgnored',
    check: async (subject) => {
      const page = async (number: number) =>
        bodies(await subject.query('logs', { pagination: { page: number, limit: 3 } }));
      assert.equal(await page(2), await page(1));
    },
  },
  {
    name: 'an offset vanishes',
    fault: 'offsetStripped',
    check: async (subject) => {
      const at = async (offset: number) =>
        bodies(await subject.query('logs', { pagination: { limit: 3, offset } }));
      assert.equal(await at(3), await at(0));
    },
  },
  {
    name: 'total counts the rows of this answer, so that there is never a next page',
    fault: 'totalIsRows',
    check: async (subject) => {
      const { body } = await subject.query('logs', { pagination: { limit: 3 } });
      assert.is(body.total, body.data.length);
      assert.equal(body.pagination, { page: 1, limit: 3, totalPages: 1, hasNext: false, hasPrev: false });
    },
  },
  {
    name: 'pagination without a limit has 100, and none at all 1,000',
    needsFake: true,
    options: withBodies(...Array.from({ length: 1100 }, (_, index) => `line ${index}`)),
    check: async (subject) => {
      assert.is(bodies(await subject.query('logs', { pagination: {} })).length, 100);
      assert.is(bodies(await subject.query('logs')).length, 1000);
    },
  },
  {
    name: 'a limit goes to 100,000',
    check: async (subject) => {
      assert.is((await subject.query('logs', { pagination: { limit: 100_000 } })).status, 200);
      const { status, body } = await subject.query('logs', { pagination: { limit: 100_001 } });
      assert.is(status, 400);
      assert.equal(body.error.message, ['pagination.limit must not be greater than 100000']);
    },
  },
  {
    name: 'a search takes no heed of case',
    needsFake: true,
    options: withBodies('Timeout', 'fine'),
    check: async (subject) =>
      assert.equal(bodies(await subject.query('logs', { query: 'timeout' })), ['Timeout']),
  },
  {
    name: 'an underscore in a search stands for any character',
    fault: 'wildcardsUnescaped',
    needsFake: true,
    options: withBodies('a_b', 'axb', 'ab'),
    check: async (subject) =>
      assert.equal(bodies(await subject.query('logs', { query: 'a_b' })), ['a_b', 'axb']),
  },
  {
    name: 'severities are words and OpenTelemetry’s numbers',
    needsFake: true,
    check: async (subject) => {
      const { body } = await subject.query('logs', { minSeverity: 17 });
      assert.ok(body.data.length > 0);
      for (const row of body.data) assert.equal([row.severity_text, row.severity_number], ['ERROR', 17]);
      const { body: levels } = await subject.get('query/signals/logs/severity-levels');
      assert.equal(levels, ['DEBUG', 'INFO', 'ERROR']);
    },
  },
  {
    name: 'counts by severity are the organization’s',
    needsFake: true,
    check: async (subject) => {
      const { body } = await subject.post('query/signals/logs/count-by-severity', subject.range);
      assert.is(body.counts.INFO, 121); // those of the second workspace, too
    },
  },
  {
    name: 'filters are equality',
    needsFake: true,
    check: async (subject) => {
      const only = async (filter: object) => (await subject.query('logs', { ...filter })).body.data;
      const [first] = await only({ serviceName: 'payment' });
      assert.is(first.service_name, 'payment');
      assert.is((await only({ serviceName: 'paymen' })).length, 0);
      for (const row of await only({ traceId: first.trace_id })) assert.is(row.trace_id, first.trace_id);
      assert.is((await only({ logAttributes: { 'code.function': 'other' } })).length, 0);
      assert.ok((await only({ resourceAttributes: { 'service.version': '1.4.2' } })).length > 0);
    },
  },
  {
    name: 'logs of other organizations never come',
    needsFake: true,
    check: async (subject) => {
      const { body } = await subject.query('logs', { serviceName: 'other-organization' });
      assert.is(body.data.length, 0);
    },
  },
  {
    name: 'a workspace is taken as it is sent',
    fault: 'workspaceUnchecked',
    check: async (subject) => {
      const { status, body } = await subject.query('logs', { workspaceId: 'nobody’s' });
      assert.is(status, 200);
      assert.is(body.data.length, 0);
    },
  },
  {
    name: 'logs of a workspace are its own',
    needsFake: true,
    check: async (subject) => {
      const { body } = await subject.query('logs', { workspaceId: SECOND_WORKSPACE });
      assert.equal(
        body.data.map((row: { service_name: string }) => row.service_name),
        ['second-workspace'],
      );
      assert.is.not(body.data[0].workspace_id, OWN.workspaceId);
    },
  },
];
