import type { Application, SurfaceSummary } from '../application/application.ts';
import { closeSession } from '../application/commands/close-session.ts';
import { confirmSession } from '../application/commands/confirm-session.ts';
import { createConversation } from '../application/commands/create-conversation.ts';
import { executeTool } from '../application/commands/execute-tool.ts';
import { initializeSession } from '../application/commands/initialize-session.ts';
import { registerPrompt } from '../application/commands/register-prompt.ts';
import { registerResource } from '../application/commands/register-resource.ts';
import { registerTool } from '../application/commands/register-tool.ts';
import { sendMessage } from '../application/commands/send-message.ts';
import { setLogLevel } from '../application/commands/set-log-level.ts';
import { subscribeResource } from '../application/commands/subscribe-resource.ts';
import { unsubscribeResource } from '../application/commands/unsubscribe-resource.ts';
import { watchResource } from '../application/commands/watch-resource.ts';
import { chooseAnswering } from '../application/conversations/choose-answering.ts';
import { collectStatistics } from '../application/events/collect-statistics.ts';
import { EventBus } from '../application/events/event-bus.ts';
import { logEvents } from '../application/events/log-events.ts';
import { createNoteFailure } from '../application/note-failure.ts';
import { createOccurrences } from '../application/occurrences.ts';
import {
  guardCompletion,
  guardPrompts,
  guardResources,
  guardTools,
  withAuthorization,
} from '../application/pipeline/with-authorization.ts';
import { withHeartbeat } from '../application/pipeline/with-heartbeat.ts';
import { withLimits } from '../application/pipeline/with-limits.ts';
import { withLogging } from '../application/pipeline/with-logging.ts';
import { withRateLimit } from '../application/pipeline/with-rate-limit.ts';
import { withTimeout } from '../application/pipeline/with-timeout.ts';
import { withTiming } from '../application/pipeline/with-timing.ts';
import type { Claude } from '../application/ports/claude.ts';
import type { Clock } from '../application/ports/clock.ts';
import type { IdGenerator } from '../application/ports/id-generator.ts';
import type { Logger } from '../application/ports/logger.ts';
import type { Rate } from '../application/ports/rate-limiter.ts';
import type { PromptDefinition } from '../application/prompts/define-prompt.ts';
import { completeArgument } from '../application/queries/complete-argument.ts';
import { getConversation } from '../application/queries/get-conversation.ts';
import { getHealth } from '../application/queries/get-health.ts';
import { getPrompt } from '../application/queries/get-prompt.ts';
import { getSession } from '../application/queries/get-session.ts';
import { getTool } from '../application/queries/get-tool.ts';
import { listConversations } from '../application/queries/list-conversations.ts';
import { listPrompts } from '../application/queries/list-prompts.ts';
import { listResourceTemplates } from '../application/queries/list-resource-templates.ts';
import { listResources } from '../application/queries/list-resources.ts';
import { listTools } from '../application/queries/list-tools.ts';
import { readResource } from '../application/queries/read-resource.ts';
import { Registry } from '../application/registry.ts';
import type {
  ResourceDefinition,
  ResourceTemplateDefinition,
} from '../application/resources/define-resource.ts';
import { ResourceWatches } from '../application/resources/resource-watches.ts';
import { SessionWatches } from '../application/resources/session-watches.ts';
import type { ToolDefinition } from '../application/tools/define-tool.ts';
import type { ConversationRepository } from '../domain/conversation/conversation-repository.ts';
import type {
  ConversationLimits,
  ConversationSettings,
} from '../domain/conversation/conversation-settings.ts';
import type { SessionRepository } from '../domain/session/session-repository.ts';

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
  /** How often each caller may call tools, where that is limited. */
  readonly toolRate?: Rate | undefined;
}

/** Puts the use cases together with their adapters, and the pipeline around those that do work for someone. */
export function buildApplication(
  adapters: ApplicationAdapters,
  { toolTimeout, toolRate, conversation }: ApplicationSettings,
): Application {
  const { logger, clock, ids } = adapters;
  const events = new EventBus(logger);
  logEvents(events, logger);
  const dependencies = {
    ...adapters,
    events,
    occur: createOccurrences(clock, ids),
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
  const limited = withLimits(dependencies, executeTool(dependencies));
  const conversing = {
    ...dependencies,
    ...conversation,
    answering: chooseAnswering(adapters.claude, logger),
  };
  const timeLimited = withHeartbeat(withTimeout({ tools, toolTimeout }, limited));
  const timed = withTiming({ ...dependencies, statistics }, timeLimited);
  const rateLimited = toolRate ? withRateLimit(toolRate, timed) : timed;
  const read = withAuthorization(guardResources, readResource(dependencies));
  const get = withAuthorization(guardPrompts, getPrompt(dependencies));
  const complete = withAuthorization(guardCompletion, completeArgument(dependencies));
  return {
    commands: {
      initializeSession: initializeSession(dependencies),
      confirmSession: confirmSession(dependencies),
      closeSession: closeSession(dependencies),
      setLogLevel: setLogLevel(dependencies),
      subscribeResource: withAuthorization(
        guardResources,
        subscribeResource({ ...dependencies, sessionWatches }),
      ),
      unsubscribeResource: unsubscribeResource({ ...dependencies, sessionWatches }),
      watchResource: withAuthorization(guardResources, watchResource({ resourceWatches })),
      registerTool: registerTool(dependencies),
      registerResource: registerResource(dependencies),
      registerPrompt: registerPrompt(dependencies),
      createConversation: createConversation(conversing),
      sendMessage: sendMessage(conversing),
      executeTool: withLogging(
        'ExecuteTool',
        dependencies,
        withAuthorization(guardTools(tools), rateLimited),
      ),
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
      readResource: withLogging('ReadResource', dependencies, read),
      getPrompt: withLogging('GetPrompt', dependencies, get),
      completeArgument: withLogging('CompleteArgument', dependencies, complete),
      describeSurface: () => summary,
    },
    events,
  };
}
