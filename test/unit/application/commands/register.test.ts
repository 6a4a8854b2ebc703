import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  registerPrompt,
  registerResource,
  registerTool,
} from '../../../../src/application/commands/register.ts';
import { type Event, EventBus, type EventType } from '../../../../src/application/events/event-bus.ts';
import type { PromptDefinition } from '../../../../src/application/prompts/define-prompt.ts';
import { Registry } from '../../../../src/application/registry.ts';
import type { ToolDefinition } from '../../../../src/application/tools/define/define-tool.ts';
import { echoTool } from '../../../../src/application/tools/echo.ts';
import { refusedWith } from '../../../support/failure.ts';
import { countingStamps } from '../manual-clock.ts';
import { RecordingLogger } from '../recording-logger.ts';
import { family, fixed, registriesOf } from '../resources/test-resources.ts';

const test = suite('register-tool, register-resource, register-prompt');

const prompt: PromptDefinition = {
  prompt: { name: 'greet', description: 'Greets', arguments: [] },
  get: async () => ({ messages: [] }),
};

function desk() {
  const dependencies = {
    ...registriesOf(),
    tools: new Registry<ToolDefinition>('tool'),
    prompts: new Registry<PromptDefinition>('prompt'),
    events: new EventBus(new RecordingLogger()),
    nextStamp: countingStamps(),
  };
  const told: Event[] = [];
  const listen = (type: EventType) => dependencies.events.on(type, (event) => told.push(event));
  return { ...dependencies, told, listen };
}

type Desk = ReturnType<typeof desk>;

for (const [what, type, register, found, code] of [
  [
    'tool',
    'ToolRegistered',
    (on: Desk) => registerTool(on)(echoTool()),
    (on: Desk) => on.tools.find('echo'),
    'tool.exists',
  ],
  [
    'resource',
    'ResourceRegistered',
    (on: Desk) => registerResource(on)(fixed('test://a')),
    (on: Desk) => on.resources.find('test://a'),
    'resource.exists',
  ],
  [
    'family of resources',
    'ResourceRegistered',
    (on: Desk) => registerResource(on)(family('test://{id}')),
    (on: Desk) => on.resourceTemplates.find('test://{id}'),
    'resource.exists',
  ],
  [
    'prompt',
    'PromptRegistered',
    (on: Desk) => registerPrompt(on)(prompt),
    (on: Desk) => on.prompts.find('greet'),
    'prompt.exists',
  ],
] as const) {
  test(`a ${what} is added, then told`, () => {
    const on = desk();
    let wasThere = false;
    on.listen(type);
    on.events.on(type, () => {
      wasThere = found(on) !== undefined;
    });
    register(on);
    assert.ok(wasThere);
    assert.equal(
      on.told.map((event) => event.type),
      [type],
    );
  });

  test(`a ${what} that nobody hears of is added all the same`, () => {
    const on = desk();
    register(on);
    assert.ok(found(on));
  });

  test(`a second ${what} of the same name is refused and not told`, () => {
    const on = desk();
    register(on);
    on.listen(type);
    assert.throws(() => register(on), refusedWith(code));
    assert.equal(on.told, []);
  });
}

test('a resource and a family don’t get into each other’s way', () => {
  const on = desk();
  registerResource(on)(fixed('test://{id}'));
  registerResource(on)(family('test://{id}'));
  assert.equal([on.resources.size, on.resourceTemplates.size], [1, 1]);
});

test.run();
