import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import * as v from 'valibot';
import { createApplication } from '../../../src/application/application.ts';
import { localUser } from '../../../src/application/request-context.ts';
import { registerSurface } from '../../../src/application/surface.ts';
import { defineTool } from '../../../src/application/tools/define/define-tool.ts';
import { echoTool } from '../../../src/application/tools/echo.ts';
import { systemInfoTool } from '../../../src/application/tools/system-info.ts';
import { textResult } from '../../../src/domain/tool/tool-result.ts';
import { MemorySessionRepository } from '../../../src/infrastructure/persistence/memory/session-repository.ts';
import { plainSettings, withoutClaude } from '../../support/without-claude.ts';
import { CountingIds, ManualClock } from './manual-clock.ts';
import { RecordingLogger } from './recording-logger.ts';
import { family, fixed } from './resources/test-resources.ts';

const test = suite('surface');

const surface = {
  tools: [echoTool(), systemInfoTool({ read: () => Promise.reject() }, { name: 'n', version: 'v' })],
  resources: [fixed('test://a'), family('test://{id}')],
  prompts: [
    {
      prompt: { name: 'greet', description: 'Greets', arguments: [] },
      get: async () => ({ messages: [] }),
    },
  ],
};

function register(disabledTools: readonly string[], readOnly = false, tools = surface.tools) {
  const logger = new RecordingLogger('info');
  const application = createApplication(
    {
      ...withoutClaude(),
      sessions: new MemorySessionRepository(),
      clock: new ManualClock(),
      ids: new CountingIds(),
      logger,
    },
    plainSettings,
  );
  registerSurface(application, { ...surface, tools }, { disabledTools, readOnly });
  const names = application.queries.listTools({ limit: 10 }, localUser).items.map(({ name }) => name);
  return { application, tools: names };
}

test('everything is registered, in its order', () => {
  const { application, tools } = register([]);
  assert.equal(tools, ['echo', 'system_info']);
  assert.equal(application.queries.describeSurface(), {
    tools: 2,
    resources: 1,
    resourceTemplates: 1,
    prompts: 1,
  });
});

test('but for the tools that are switched off', async () => {
  const { tools } = register(['echo']);
  assert.equal(tools, ['system_info']);
});

test('a read-only surface has no tool that changes anything', () => {
  const [echo, systemInfo] = surface.tools;
  const changing = defineTool({
    name: 'change',
    title: 'Change',
    description: 'Changes something.',
    category: 'utility',
    tags: [],
    annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: true, openWorldHint: false },
    input: v.strictObject({}),
    handle: () => textResult(''),
  });
  const tools = [echo, changing, systemInfo].filter((tool) => tool !== undefined);
  assert.equal(register([], false, tools).tools, ['echo', 'change', 'system_info']);
  const readOnly = register(['change'], true, tools);
  assert.equal(readOnly.tools, ['echo', 'system_info']);
});

test.run();
