import type { ConversationRepository } from '../domain/conversation/conversation-repository.ts';
import type {
  ConversationLimits,
  ConversationSettings,
} from '../domain/conversation/conversation-settings.ts';
import type { SessionRepository } from '../domain/session/session-repository.ts';
import { createConversation } from './commands/create-conversation.ts';
import { type ExecuteTool, executeTool } from './commands/execute-tool.ts';
import { registerPrompt, registerResource, registerTool } from './commands/register.ts';
import { sendMessage } from './commands/send-message.ts';
import { closeSession, confirmSession, initializeSession } from './commands/session-states.ts';
import { setLogLevel } from './commands/set-log-level.ts';
import { subscribeResource, unsubscribeResource, watchResource } from './commands/subscriptions.ts';
import { chooseLanguageModel } from './conversations/choose-language-model.ts';
import { createEventStamps } from './event-stamps.ts';
import { collectStatistics } from './events/collect-statistics.ts';
import { EventBus } from './events/event-bus.ts';
import { logEvents } from './events/log-events.ts';
import { createNoteFailure } from './note-failure.ts';
import {
  type Guarded,
  guardCompletion,
  guardPrompts,
  guardResources,
  guardTools,
  withAuthorization,
} from './pipeline/with-authorization.ts';
import { withCallReport } from './pipeline/with-call-report.ts';
import { withHeartbeat } from './pipeline/with-heartbeat.ts';
import { withLimits } from './pipeline/with-limits.ts';
import { withLogging } from './pipeline/with-logging.ts';
import { type Named, nameable, withNearestName } from './pipeline/with-nearest-name.ts';
import { withRateLimit } from './pipeline/with-rate-limit.ts';
import { reportPrompts, reportResources, withReport } from './pipeline/with-report.ts';
import { withTimeout } from './pipeline/with-timeout.ts';
import type { Claude } from './ports/claude.ts';
import type { Clock } from './ports/clock.ts';
import type { IdGenerator } from './ports/id-generator.ts';
import type { Logger } from './ports/logger.ts';
import type { Rate } from './ports/rate-limiter.ts';
import type { PromptDefinition } from './prompts/define-prompt.ts';
import { completeArgument } from './queries/complete-argument.ts';
import { getHealth } from './queries/get-health.ts';
import { getPrompt } from './queries/get-prompt.ts';
import { getSession } from './queries/get-session.ts';
import { getTool } from './queries/get-tool.ts';
import { listPrompts, listResources, listResourceTemplates, listTools } from './queries/list-surface.ts';
import { getConversation, listConversations } from './queries/read-conversations.ts';
import { readResource } from './queries/read-resource.ts';
import { Registry } from './registry.ts';
import type { CallContext } from './request-context.ts';
import type { ResourceDefinition, ResourceTemplateDefinition } from './resources/define-resource.ts';
import { ResourceWatches } from './resources/resource-watches.ts';
import { SessionWatches } from './resources/session-watches.ts';
import type { ToolDefinition } from './tools/define/define-tool.ts';
import type { UseCase } from './use-case.ts';

/** Adapters of the ports that the use cases work with. */
export interface ApplicationAdapters {
  readonly sessions: SessionRepository;
  readonly conversations: ConversationRepository;
  /** Absent without a key. */
  readonly claude: Claude | undefined;
  readonly clock: Clock;
  readonly ids: IdGenerator;
  readonly logger: Logger;
}

export interface ApplicationSettings {
  /** Seconds, for tools without a limit of their own. */
  readonly toolTimeout: number;
  readonly conversation: {
    readonly settings: ConversationSettings;
    readonly limits: ConversationLimits;
  };
  /** Calls of tools that each caller may make, if that is limited. */
  readonly toolRate?: Rate | undefined;
  /** True if events of calls come with the arguments, for what is stored of them; false where it isn't said. */
  readonly recordsArguments?: boolean;
}

/** The use cases, as the presentation calls them. */
export type Application = ReturnType<typeof createApplication>;

/** Counts of the surface's parts: read when it is looked at. */
export interface SurfaceSummary {
  readonly tools: number;
  readonly resources: number;
  readonly resourceTemplates: number;
  readonly prompts: number;
}

/** Puts the use cases together with their adapters, and the pipeline around those that do work for someone. */
export function createApplication(
  adapters: ApplicationAdapters,
  { toolTimeout, toolRate, conversation, recordsArguments = false }: ApplicationSettings,
) {
  const { logger, clock, ids } = adapters;
  const events = new EventBus(logger);
  logEvents(events, logger);
  const dependencies = {
    ...adapters,
    events,
    recordsArguments,
    nextStamp: createEventStamps(clock, ids),
    noteFailure: createNoteFailure(logger, ids),
    tools: new Registry<ToolDefinition>('tool'),
    resources: new Registry<ResourceDefinition>('resource'),
    resourceTemplates: new Registry<ResourceTemplateDefinition>('resource'),
    prompts: new Registry<PromptDefinition>('prompt'),
  };
  const { tools, resources, resourceTemplates, prompts } = dependencies;
  const statistics = collectStatistics(dependencies);
  const resourceWatches = new ResourceWatches(dependencies);
  const sessionWatches = new SessionWatches(resourceWatches, events);
  const summary: SurfaceSummary = {
    get tools() {
      return tools.size;
    },
    get resources() {
      return resources.size;
    },
    get resourceTemplates() {
      return resourceTemplates.size;
    },
    get prompts() {
      return prompts.size;
    },
  };
  const conversing = {
    ...dependencies,
    ...conversation,
    languageModel: chooseLanguageModel(adapters.claude, logger),
  };
  /** Every use case that does work for someone goes through here: the place for what concerns all of them. */
  const outermost = <Message, Result>(
    name: string,
    [guard, named]: readonly [Guarded<Message>, Named<Message>],
    useCase: UseCase<Message, Result>,
  ) => withLogging(name, dependencies, withNearestName(named, withAuthorization(guard, useCase)));
  const names = nameable(dependencies);
  const ofResources = [guardResources, names.resources] as const;

  const finished = withHeartbeat(withTimeout(toolTimeout, withLimits(executeTool(dependencies))));
  const reported = withCallReport(
    { ...dependencies, statistics },
    outermost('ExecuteTool', [guardTools, names.tools], finished),
  );
  const callTool = toolRate ? withRateLimit(toolRate, reported) : reported;
  return {
    commands: {
      initializeSession: initializeSession(dependencies),
      confirmSession: confirmSession(dependencies),
      closeSession: closeSession(dependencies),
      setLogLevel: setLogLevel(dependencies),
      subscribeResource: outermost(
        'SubscribeResource',
        ofResources,
        subscribeResource({ ...dependencies, sessionWatches }),
      ),
      unsubscribeResource: unsubscribeResource({ ...dependencies, sessionWatches }),
      watchResource: outermost('WatchResource', ofResources, watchResource({ resourceWatches })),
      registerTool: registerTool(dependencies),
      registerResource: registerResource(dependencies),
      registerPrompt: registerPrompt(dependencies),
      createConversation: createConversation(conversing),
      sendMessage: sendMessage(conversing),
      /** Looks the tool up, once for all that the call goes through. */
      executeTool: (message: ExecuteTool, context: CallContext) =>
        callTool({ ...message, definition: tools.find(message.name) }, context),
    },
    queries: {
      getHealth: getHealth({ clock, statistics }),
      getSession: getSession(dependencies),
      getConversation: getConversation(dependencies),
      listConversations: listConversations(dependencies),
      getTool: getTool(dependencies),
      listTools: listTools(dependencies),
      listResources: listResources(dependencies),
      listResourceTemplates: listResourceTemplates(dependencies),
      listPrompts: listPrompts(dependencies),
      readResource: withReport(
        reportResources(dependencies),
        dependencies,
        outermost('ReadResource', ofResources, readResource(dependencies)),
      ),
      getPrompt: withReport(
        reportPrompts(prompts),
        dependencies,
        outermost('GetPrompt', [guardPrompts, names.prompts], getPrompt(dependencies)),
      ),
      completeArgument: outermost(
        'CompleteArgument',
        [guardCompletion, names.completion],
        completeArgument(dependencies),
      ),
      /** Tell of a name that somebody gave if there is such a thing, whoever may use it: for what is counted by names. */
      hasTool: (name: string) => tools.find(name) !== undefined,
      hasPrompt: (name: string) => prompts.find(name) !== undefined,
      /** Counts what there is to offer, so that nothing else is declared. */
      describeSurface: () => summary,
    },
    events,
  };
}
