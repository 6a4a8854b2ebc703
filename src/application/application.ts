import type { PromptResult } from '../domain/prompt/prompt.ts';
import type { ToolResult } from '../domain/tool/tool-result.ts';
import type { closeSession } from './commands/close-session.ts';
import type { confirmSession } from './commands/confirm-session.ts';
import type { createConversation } from './commands/create-conversation.ts';
import type { ExecuteTool } from './commands/execute-tool.ts';
import type { initializeSession } from './commands/initialize-session.ts';
import type { registerPrompt } from './commands/register-prompt.ts';
import type { registerResource } from './commands/register-resource.ts';
import type { registerTool } from './commands/register-tool.ts';
import type { sendMessage } from './commands/send-message.ts';
import type { setLogLevel } from './commands/set-log-level.ts';
import type { subscribeResource } from './commands/subscribe-resource.ts';
import type { unsubscribeResource } from './commands/unsubscribe-resource.ts';
import type { watchResource } from './commands/watch-resource.ts';
import type { EventBus } from './events/event-bus.ts';
import type { CompleteArgument, Completion } from './queries/complete-argument.ts';
import type { getConversation } from './queries/get-conversation.ts';
import type { getHealth } from './queries/get-health.ts';
import type { GetPrompt } from './queries/get-prompt.ts';
import type { getSession } from './queries/get-session.ts';
import type { getTool } from './queries/get-tool.ts';
import type { listConversations } from './queries/list-conversations.ts';
import type { listPrompts } from './queries/list-prompts.ts';
import type { listResourceTemplates } from './queries/list-resource-templates.ts';
import type { listResources } from './queries/list-resources.ts';
import type { listTools } from './queries/list-tools.ts';
import type { ReadResource, ResourceReading } from './queries/read-resource.ts';
import type { UseCase } from './use-case.ts';

/** Everything the application can do. */
export interface Application {
  readonly commands: {
    readonly initializeSession: ReturnType<typeof initializeSession>;
    readonly confirmSession: ReturnType<typeof confirmSession>;
    readonly closeSession: ReturnType<typeof closeSession>;
    readonly setLogLevel: ReturnType<typeof setLogLevel>;
    readonly subscribeResource: ReturnType<typeof subscribeResource>;
    readonly unsubscribeResource: ReturnType<typeof unsubscribeResource>;
    readonly watchResource: ReturnType<typeof watchResource>;
    readonly registerTool: ReturnType<typeof registerTool>;
    readonly registerResource: ReturnType<typeof registerResource>;
    readonly registerPrompt: ReturnType<typeof registerPrompt>;
    readonly createConversation: ReturnType<typeof createConversation>;
    readonly sendMessage: ReturnType<typeof sendMessage>;
    readonly executeTool: UseCase<ExecuteTool, ToolResult>;
  };
  readonly queries: {
    readonly getHealth: ReturnType<typeof getHealth>;
    readonly getSession: ReturnType<typeof getSession>;
    readonly getConversation: ReturnType<typeof getConversation>;
    readonly listConversations: ReturnType<typeof listConversations>;
    readonly getTool: ReturnType<typeof getTool>;
    readonly listTools: ReturnType<typeof listTools>;
    readonly listResources: ReturnType<typeof listResources>;
    readonly listResourceTemplates: ReturnType<typeof listResourceTemplates>;
    readonly listPrompts: ReturnType<typeof listPrompts>;
    readonly readResource: UseCase<ReadResource, ResourceReading>;
    readonly getPrompt: UseCase<GetPrompt, PromptResult>;
    readonly completeArgument: UseCase<CompleteArgument, Completion>;
    /** What there is to offer, so that nothing else is declared. */
    readonly describeSurface: () => SurfaceSummary;
  };
  readonly events: EventBus;
}

/** How many of each the surface has: read when it is looked at. */
export interface SurfaceSummary {
  readonly tools: number;
  readonly resources: number;
  readonly resourceTemplates: number;
  readonly prompts: number;
}
