import * as assert from 'uvu/assert';
import { MONITOR_SECRETS } from '../uptime-routes.ts';
import type { Fact } from './fact.ts';

const id = (number: number) => `e0e0e0e0-0000-4000-8000-00000000000${number}`;

export const uptimeFacts: readonly Fact[] = [
  {
    name: 'core has no uptime module',
    needsFake: true,
    options: { modules: ['signals', 'alerts'] },
    check: async (subject) => {
      const { status, body } = await subject.get('uptime/monitors');
      assert.is(status, 404);
      assert.match(body.error.message, /^Cannot GET/);
    },
  },
  {
    name: 'monitors come in an envelope, newest made first',
    needsFake: true,
    check: async (subject) => {
      const { body } = await subject.get('uptime/monitors');
      assert.is(body.status, 'success');
      assert.equal(
        body.data.items.map((item: { name: string }) => item.name),
        ['Shop 1', 'Shop 2'],
      );
      assert.equal([body.data.total, body.data.page, body.data.limit], [2, 1, 20]);
    },
  },
  {
    name: 'rows of monitors hold passwords',
    fault: 'monitorsHoldSecrets',
    needsFake: true,
    check: async (subject) => {
      const [item] = (await subject.get('uptime/monitors')).body.data.items;
      for (const name of Object.keys(MONITOR_SECRETS)) assert.ok(name in item, name);
    },
  },
  {
    name: 'a page of monitors can have any length',
    fault: 'monitorPageUnbounded',
    needsFake: true,
    check: async (subject) =>
      assert.is((await subject.get('uptime/monitors?limit=5000')).body.data.limit, 5000),
  },
  {
    name: 'monitors are found by their status',
    needsFake: true,
    check: async (subject) => {
      const { body } = await subject.get('uptime/monitors?status=down');
      assert.equal(
        body.data.items.map((item: { status: string; consecutive_down_count: number }) => [
          item.status,
          item.consecutive_down_count,
        ]),
        [['down', 20]],
      );
    },
  },
  {
    name: 'an id that is no UUID gets 400, another organization’s 404',
    needsFake: true,
    check: async (subject) => {
      assert.is((await subject.get('uptime/monitors/nonsense')).status, 400);
      assert.is((await subject.get(`uptime/monitors/${id(3)}`)).status, 404);
      assert.is((await subject.get(`uptime/monitors/${id(1)}`)).status, 200);
    },
  },
  {
    name: 'statistics of a monitor have shares and percentiles',
    needsFake: true,
    check: async (subject) => {
      const { data } = (await subject.get(`uptime/monitors/${id(2)}/stats`)).body;
      assert.equal([data.totalChecks, data.downChecks], [120, 20]);
      assert.ok(data.percentiles24h.p95 > 0);
    },
  },
  {
    name: 'checks of a monitor come newest first, 100 at most, with bodies and headers',
    needsFake: true,
    check: async (subject) => {
      const { data } = (await subject.get(`uptime/monitors/${id(2)}/checks`)).body;
      assert.is(data.data.length, 100);
      assert.is(data.data[0].status, 'down');
      assert.ok(data.data[0].response_body.includes('password'));
    },
  },
  {
    name: 'hours of a monitor count its checks',
    needsFake: true,
    check: async (subject) => {
      const { hours } = (await subject.get(`uptime/monitors/${id(2)}/hourly-stats?hours=24`)).body.data;
      assert.is(
        hours.reduce((all: number, hour: { totalChecks: number }) => all + hour.totalChecks, 0),
        120,
      );
    },
  },
  {
    name: 'certificates are summed up by monitor',
    needsFake: true,
    check: async (subject) => {
      const { data } = (await subject.get('uptime/monitors/ssl-summary')).body;
      assert.equal([data.total, data.nearExpiry, data.minDays], [2, 1, 20]);
      assert.equal(data.perMonitor[0], { monitorId: id(1), days: 20 });
    },
  },
];
