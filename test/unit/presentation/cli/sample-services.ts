import * as v from 'valibot';
import { type Application, createApplication } from '../../../../src/application/application.ts';
import { deleteConversation } from '../../../../src/application/commands/delete-conversation.ts';
import type { Claude } from '../../../../src/application/ports/claude.ts';
import type { ConfigurationReport } from '../../../../src/application/ports/configuration-source.ts';
import type { KeyRing } from '../../../../src/application/ports/key-store.ts';
import type { LogThreshold } from '../../../../src/application/ports/logger.ts';
import type { Store } from '../../../../src/application/ports/store.ts';
import { localUser } from '../../../../src/application/request-context.ts';
import { registerSurface, type Surface } from '../../../../src/application/surface.ts';
import { claudeConversationTool } from '../../../../src/application/tools/claude-conversation/claude-conversation.ts';
import { defineTool, type ToolDefinition } from '../../../../src/application/tools/define/define-tool.ts';
import { echoTool } from '../../../../src/application/tools/echo.ts';
import { serverIdentity } from '../../../../src/composition/server-identity.ts';
import { textResult } from '../../../../src/domain/tool/tool-result.ts';
import { MemorySessionRepository } from '../../../../src/infrastructure/persistence/memory/session-repository.ts';
import { StoredConversations } from '../../../../src/infrastructure/persistence/stored-conversations.ts';
import type { CliServices, DatabaseFile, Prepared } from '../../../../src/presentation/cli/services.ts';
import { memoryStore, plainSettings, withoutClaude } from '../../../support/without-claude.ts';
import { countingStamps } from '../../application/manual-clock.ts';

const annotations = {
  readOnlyHint: true,
  destructiveHint: false,
  idempotentHint: true,
  openWorldHint: false,
};

/** A tool that takes a number, among others, and does what the test says. */
export function sampleTool(
  handle: Parameters<typeof defineTool>[0]['handle'],
  name = 'sample',
): ToolDefinition {
  return defineTool({
    name,
    title: name,
    description: 'For tests',
    category: 'utility',
    tags: [],
    annotations,
    input: v.strictObject({ count: v.optional(v.number()), words: v.optional(v.array(v.string())) }),
    handle,
  });
}

interface Sample {
  /** With it there is the tool that talks to it, too. */
  readonly claude?: Claude;
  readonly tools?: readonly ToolDefinition[];
  readonly resources?: Surface['resources'];
  readonly prompts?: Surface['prompts'];
  readonly report?: Partial<ConfigurationReport>;
  readonly level?: LogThreshold;
  readonly serve?: Prepared['serve'];
  readonly warnings?: readonly string[];
  readonly servesStdio?: boolean;
  readonly keys?: KeyRing;
  /** Those that are kept. */
  readonly database?: DatabaseFile;
  readonly store?: Store;
  /** False where conversations are in memory; true unless it is said. */
  readonly keepsConversations?: boolean;
  /** True unless others keep what was removed from being made unreadable. */
  readonly purges?: boolean;
  /** In which what was removed still is. */
  readonly copies?: readonly string[];
}

function claudeTools({ claude }: Sample, { commands }: Application): readonly ToolDefinition[] {
  const clock = { timestamp: () => '', monotonic: () => performance.now() };
  return claude
    ? [claudeConversationTool({ conversing: commands, clock, limits: { claudeTimeout: 10 } })]
    : [];
}

const levels = ['error', 'warn', 'info', 'debug'];

/** The command line's services over a real application, in which nothing comes from this machine. */
export function sampleServices(sample: Sample = {}): CliServices & { readonly requests: unknown[] } {
  const { tools = [echoTool(), sampleTool(() => textResult('done'))], level = 'info' } = sample;
  const report: ConfigurationReport = { settings: [], notices: [], problems: [], ...sample.report };
  const logger = {
    enabled: (wanted: LogThreshold) => levels.indexOf(wanted) <= levels.indexOf(level),
    error: () => undefined,
    warn: () => undefined,
    info: () => undefined,
    debug: () => undefined,
  };
  const requests: unknown[] = [];
  return {
    requests,
    guide: async (name) => `# Guide ${name}`,
    build: { version: '1.2.3', commit: 'abcdef', runtime: 'node 22.0.0', platform: 'linux-x64' },
    configuration: {
      load: async (request) => {
        requests.push(request);
        return report;
      },
      schema: async () => ({ title: 'Sample' }),
      initialize: async ({ file = '/home/ada/.config/tfo-mcp/tfo-mcp.yaml', replace }) => {
        requests.push({ file, replace });
        return file;
      },
    },
    keys: async (request) => {
      requests.push(request);
      if (report.problems.length > 0) return report;
      if (sample.keys === undefined) throw new Error('Expected no use of the keys');
      return sample.keys;
    },
    archive: async (request) => {
      requests.push(request);
      if (report.problems.length > 0) return report;
      const { store = memoryStore(), database, keepsConversations = true } = sample;
      const conversations = new StoredConversations(store);
      return {
        keepsConversations,
        conversations,
        deleteConversation: async (conversationId) => {
          const nextStamp = countingStamps();
          const remove = deleteConversation({ conversations, nextStamp });
          return await remove({ conversationId }, { principal: localUser });
        },
        events: store.events.bind(store),
        purge: async () => sample.purges ?? true,
        copiesWith: async () => sample.copies ?? [],
        get database(): DatabaseFile {
          if (database === undefined) throw new Error('Expected no use of the database');
          return database;
        },
        close: async () => void requests.push('closed'),
      };
    },
    prepare: async (request) => {
      requests.push(request);
      if (report.problems.length > 0) return report;
      let id = 0;
      const application = createApplication(
        {
          ...withoutClaude(),
          claude: sample.claude,
          sessions: new MemorySessionRepository(),
          clock: { timestamp: () => '2026-01-01T00:00:00.000Z', monotonic: () => 0 },
          ids: { next: () => `id-${id++}` },
          logger,
        },
        plainSettings,
      );
      registerSurface(
        application,
        {
          tools: [...tools, ...claudeTools(sample, application)],
          resources: sample.resources ?? [],
          prompts: sample.prompts ?? [],
        },
        { disabledTools: [], readOnly: false },
      );
      return {
        application,
        server: serverIdentity('Sample'),
        logger,
        notices: report.notices,
        warnings: sample.warnings ?? [],
        hasClaudeKey: sample.claude !== undefined,
        servesStdio: sample.servesStdio ?? true,
        openBackends: async () => void requests.push('opened'),
        serve: sample.serve ?? (async () => 'end of input'),
        finish: async () => undefined,
      };
    },
  };
}
