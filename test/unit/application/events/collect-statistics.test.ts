import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { closeSession, initializeSession } from '../../../../src/application/commands/session-states.ts';
import { collectStatistics } from '../../../../src/application/events/collect-statistics.ts';
import { Registry } from '../../../../src/application/registry.ts';
import type { ToolDefinition } from '../../../../src/application/tools/define/define-tool.ts';
import { echoTool } from '../../../../src/application/tools/echo.ts';
import { toolName } from '../../../../src/domain/tool/tool.ts';
import { negotiated, sessionDesk } from '../commands/session-desk.ts';

const test = suite('collect-statistics');

function named(name: string): ToolDefinition {
  const echo = echoTool();
  return { ...echo, tool: { ...echo.tool, name: toolName(name) } };
}

function desk() {
  const tools = new Registry<ToolDefinition>('tool');
  tools.add('other', named('other'));
  tools.add('echo', named('echo'));
  const sessions = sessionDesk();
  return { ...sessions, tools, statistics: collectStatistics({ events: sessions.events, tools }) };
}

test('the collector counts and times the calls of each tool, in the order of the list', () => {
  const { statistics } = desk();
  for (let ms = 100; ms >= 1; ms--) statistics.record('echo', ms, ms > 10);
  statistics.record('other', 7, true);
  assert.equal(statistics.tools(), [
    { name: 'other', calls: 1, errors: 0, p50Ms: 7, p95Ms: 7 },
    { name: 'echo', calls: 100, errors: 10, p50Ms: 50, p95Ms: 95 },
  ]);
});

test('latencies are those of the last calls, counts those of all', () => {
  const { statistics } = desk();
  for (let n = 0; n < 1000; n++) statistics.record('echo', 500, true);
  for (let n = 0; n < 256; n++) statistics.record('echo', 2, true);
  assert.equal(statistics.tools(), [{ name: 'echo', calls: 1256, errors: 0, p50Ms: 2, p95Ms: 2 }]);
});

test('the collector counts sessions', async () => {
  const { statistics, ...parts } = desk();
  const open = initializeSession(parts);
  const { id } = await open(negotiated);
  await open(negotiated);
  assert.equal(statistics.sessions(), { opened: 2, closed: 0 });
  await closeSession(parts)({ sessionId: id, drain: async () => undefined });
  assert.equal(statistics.sessions(), { opened: 2, closed: 1 });
});

test.run();
