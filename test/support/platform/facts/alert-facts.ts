import * as assert from 'uvu/assert';
import { writer } from '../seeded-data.ts';
import type { Answer, Fact, FactSubject } from './fact.ts';

const id = (number: number) => `d0d0d0d0-0000-4000-8000-00000000000${number}`;

const ids = ({ body }: Answer): string[] => body.data.items.map((item: { id: string }) => item.id.slice(-1));

const change = (
  subject: FactSubject,
  number: number,
  name: string,
  body: Readonly<Record<string, unknown>> = {},
) => subject.as(writer).post(`alert-instances/${id(number)}/${name}`, body);

const UNTIL = '2027-01-01T00:00:00.000Z';

export const alertFacts: readonly Fact[] = [
  {
    name: 'alerts come in an envelope, newest start first, 20 to a page',
    check: async (subject) => {
      const { status, body } = await subject.get('alert-instances');
      assert.is(status, 200);
      assert.is(body.status, 'success');
      assert.is(body.data.pageSize, 20);
      const starts = body.data.items.map((item: { startsAt: string }) => item.startsAt);
      assert.equal(starts, starts.toSorted().toReversed());
    },
  },
  {
    name: 'a page of alerts has at most 100',
    check: async (subject) => assert.is((await subject.get('alert-instances?pageSize=101')).status, 400),
  },
  {
    name: 'one status can be asked for',
    needsFake: true,
    check: async (subject) => {
      assert.equal(ids(await subject.get('alert-instances?status=firing')), ['1', '6']);
      assert.is((await subject.get('alert-instances?status=firing,resolved')).status, 400);
    },
  },
  {
    name: 'lists that differ in rule and dates alone get each other’s answer for 30 s',
    fault: 'alertsCached',
    needsFake: true,
    check: async (subject) => {
      assert.equal(ids(await subject.get('alert-instances?startDate=2090-01-01')), []);
      assert.equal(ids(await subject.get('alert-instances')), []);
      subject.fake.state.skewMs = 30_001;
      assert.equal(ids(await subject.get('alert-instances')), ['1', '2', '3', '4', '6']);
    },
  },
  {
    name: 'one alert is never cached, and of another organization it is a 403',
    needsFake: true,
    check: async (subject) => {
      const { body } = await subject.get(`alert-instances/${id(1)}`);
      assert.is(body.data.status, 'firing');
      await change(subject, 1, 'acknowledge');
      assert.is((await subject.get(`alert-instances/${id(1)}`)).body.data.status, 'acknowledged');
      assert.is((await subject.get(`alert-instances/${id(5)}`)).status, 403);
      assert.is((await subject.get(`alert-instances/${id(9)}`)).status, 404);
    },
  },
  {
    name: 'statistics count states, and severities of what is active',
    needsFake: true,
    check: async (subject) => {
      assert.equal((await subject.get('alert-instances/stats')).body.data, {
        total: 5,
        firing: 2,
        acknowledged: 1,
        resolved: 1,
        silenced: 1,
        bySeverity: { critical: 2, warning: 0, info: 1 },
      });
    },
  },
  {
    name: 'a change wants alert:write',
    needsFake: true,
    check: async (subject) => {
      assert.is((await subject.post(`alert-instances/${id(1)}/acknowledge`, {})).status, 403);
    },
  },
  {
    name: 'acknowledging keeps the comment, and resolving the resolution',
    needsFake: true,
    check: async (subject) => {
      const acknowledged = await change(subject, 1, 'acknowledge', { comment: 'on it' });
      assert.is(acknowledged.status, 200);
      assert.is(acknowledged.body.data.acknowledgeComment, 'on it');
      const resolved = await change(subject, 1, 'resolve', { resolution: 'restarted' });
      assert.equal([resolved.body.data.status, resolved.body.data.resolution], ['resolved', 'restarted']);
    },
  },
  {
    name: 'acknowledging what does not fire and resolving what is resolved answer 200 and change nothing',
    fault: 'uselessChangesAnswer200',
    needsFake: true,
    check: async (subject) => {
      for (const name of ['acknowledge', 'resolve']) {
        const { status, body } = await change(subject, 3, name);
        assert.is(status, 200);
        assert.is(body.data.status, 'resolved');
      }
    },
  },
  {
    name: 'a resolved alert becomes a silenced one',
    fault: 'resolvedCanBeSilenced',
    needsFake: true,
    check: async (subject) => {
      const { status, body } = await change(subject, 3, 'silence', { until: UNTIL });
      assert.is(status, 200);
      assert.equal([body.data.status, body.data.silencedUntil], ['silenced', UNTIL]);
    },
  },
  {
    name: 'the reason of a silence is dropped',
    fault: 'silenceDropsReason',
    needsFake: true,
    check: async (subject) => {
      const { body } = await change(subject, 1, 'silence', { until: UNTIL, reason: 'maintenance' });
      assert.not.ok(JSON.stringify(body).includes('maintenance'));
    },
  },
  {
    name: 'a silence wants its end',
    needsFake: true,
    check: async (subject) => assert.is((await change(subject, 1, 'silence')).status, 400),
  },
  {
    name: 'rules come without an envelope',
    check: async (subject) => {
      const { status, body } = await subject.get('alert-rules');
      assert.is(status, 200);
      assert.ok(Array.isArray(body.items));
      assert.type(body.total, 'number');
    },
  },
  {
    name: 'a rule has its conditions',
    needsFake: true,
    check: async (subject) => {
      const { body } = await subject.get('alert-rules/c0c0c0c0-0000-4000-8000-000000000001');
      assert.is(body.conditions[0].operator, 'gt');
      assert.is((await subject.get('alert-rules/c0c0c0c0-0000-4000-8000-000000000009')).status, 404);
    },
  },
  {
    name: 'lists of rules that differ in what is searched for get each other’s answer for 60 s',
    fault: 'rulesCached',
    needsFake: true,
    check: async (subject) => {
      assert.is((await subject.get('alert-rules?search=nothing')).body.total, 0);
      assert.is((await subject.get('alert-rules')).body.total, 0);
      subject.fake.state.skewMs = 60_001;
      assert.is((await subject.get('alert-rules')).body.total, 1);
    },
  },
];
