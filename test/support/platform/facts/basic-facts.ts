import * as assert from 'uvu/assert';
import { reader } from '../seeded-data.ts';
import type { Fact } from './fact.ts';

const user = (email: string) => ({ ...reader, email });

export const basicFacts: readonly Fact[] = [
  {
    name: 'health needs no token',
    check: async (subject) => {
      const { status, body } = await subject.send('/health', { headers: { authorization: '' } });
      assert.is(status, 200);
      assert.is(body.status, 'ok');
      assert.type(body.version, 'string');
    },
  },
  {
    name: 'version tells the version',
    check: async (subject) => assert.type((await subject.get('/version')).body.version, 'string'),
  },
  {
    name: 'an absent route is a 404 that begins with "Cannot"',
    check: async (subject) => {
      const { status, body } = await subject.post('query/signals/nothing', {});
      assert.is(status, 404);
      assert.match(body.error.message, /^Cannot POST \/api\/v2\/query\/signals\/nothing/);
      assert.is(body.error.statusCode, 404);
      assert.ok(Date.parse(body.error.timestamp) > 0);
      assert.is(body.error.path, '/api/v2/query/signals/nothing');
    },
  },
  {
    name: 'the code of an error is the phrase of its status',
    fault: 'codesArePhrases',
    check: async (subject) => {
      assert.is((await subject.post('query/signals/nothing', {})).body.error.code, 'Not Found');
    },
  },
  {
    name: 'the message of a validation error is an array of all faults',
    fault: 'messagesAreArrays',
    check: async (subject) => {
      const { status, body } = await subject.query('logs', { from: 1, minSeverity: 'x' });
      assert.is(status, 400);
      assert.ok(Array.isArray(body.error.message));
      assert.equal(body.error.message.sort(), [
        'from must be a string',
        'minSeverity must be a number conforming to the specified constraints',
      ]);
    },
  },
  {
    name: 'unknown properties are stripped silently',
    check: async (subject) => assert.is((await subject.query('logs', { nonsense: true })).status, 200),
  },
  ...(
    [
      ['from after to', { from: '2026-01-02T00:00:00Z', to: '2026-01-01T00:00:00Z' }],
      ['a date that is none', { from: 'yesterday' }],
    ] as const
  ).map(
    ([what, body]): Fact => ({
      name: `${what} ends with 500`,
      fault: 'clientFaultsAre500',
      check: async (subject) => {
        const answer = await subject.query('logs', body);
        assert.is(answer.status, 500);
        assert.is(answer.body.error.code, 'INTERNAL_SERVER_ERROR');
        assert.is(answer.body.error.message, 'An unexpected error occurred');
      },
    }),
  ),
  {
    name: 'an unknown interval ends with 500',
    fault: 'clientFaultsAre500',
    check: async (subject) => assert.is((await subject.query('metrics', { interval: '7m' })).status, 500),
  },
  {
    name: 'a minimum duration that is no whole number of nanoseconds ends with 500',
    fault: 'clientFaultsAre500',
    check: async (subject) => {
      assert.is((await subject.query('traces', { minDurationMs: 1.005 })).status, 500);
      assert.is((await subject.query('traces', { minDurationMs: 1 })).status, 200);
    },
  },
  {
    name: 'a 403 names the permission',
    needsFake: true,
    check: async (subject) => {
      const blind = subject.as({ ...reader, permissions: [] });
      const { status, body } = await blind.query('logs');
      assert.is(status, 403);
      assert.is(body.error.message, 'Insufficient permissions. Required: telemetry:logs:read');
    },
  },
  {
    name: 'a permission with the same first and last part will do',
    needsFake: true,
    check: async (subject) => {
      for (const held of ['telemetry:read', 'telemetry:metrics:read', 'telemetry:logs:read']) {
        assert.is((await subject.as({ ...reader, permissions: [held] }).query('logs')).status, 200, held);
      }
      for (const held of ['telemetry:write', 'alert:read', 'telemetry']) {
        assert.is((await subject.as({ ...reader, permissions: [held] }).query('logs')).status, 403, held);
      }
    },
  },
  {
    name: 'a token without organization gets 500 of signals and 400 of alerts',
    needsFake: true,
    check: async (subject) => {
      const lone = subject.as({ ...user('lone@example.com'), organizationId: undefined });
      assert.is((await lone.query('logs')).status, 500);
      const { status, body } = await lone.get('alert-instances');
      assert.is(status, 400);
      assert.is(body.error.message, 'User must belong to an organization');
    },
  },
  {
    name: 'the audit log shows other organizations',
    fault: 'auditUnscoped',
    needsFake: true,
    check: async (subject) => {
      const { body } = await subject.get('audit/logs');
      assert.ok(new Set(body.data.map((row: { organizationId: string }) => row.organizationId)).size > 1);
    },
  },
];
