import type { Claude, ClaudeReply, ClaudeRequest } from '../../../application/ports/claude.ts';
import type { SpanAttributes, Tracer } from '../../../application/ports/telemetry.ts';
import { modelName } from '../../../domain/conversation/conversation-events.ts';
import { withinSpan } from './within-span.ts';

/**
 * Tells each answer of Claude by a span, with the names and attributes of the semantic conventions for generative AI
 * (open-telemetry/semantic-conventions-genai, docs/gen-ai/anthropic.md), and none of what was said.
 * @param baseUrl of the API, as in "https://api.anthropic.com"
 */
export function tracedClaude(claude: Claude, baseUrl: string, tracer: Tracer): Claude {
  const server = serverAttributes(baseUrl);
  return {
    send: async (request, options) =>
      await withinSpan(
        tracer,
        { name: `chat ${modelName(request.model)}`, kind: 'client', signal: options.signal },
        async (span) => {
          const started = performance.now();
          let firstChunk: number | undefined;
          const onText = (text: string) => {
            firstChunk ??= (performance.now() - started) / 1000;
            options.onText?.(text);
          };
          span.set({ ...server, ...requestAttributes(request) });
          try {
            const reply = await claude.send(request, { ...options, onText, trace: span.trace });
            span.set(replyAttributes(reply));
            return reply;
          } finally {
            span.set({ 'gen_ai.response.time_to_first_chunk': firstChunk });
          }
        },
      ),
    countTokens: async (...call) => await claude.countTokens(...call),
    contextWindow: async (...call) => await claude.contextWindow(...call),
    standing: async (...call) => await claude.standing(...call),
  };
}

function serverAttributes(baseUrl: string): SpanAttributes {
  const { hostname, port, protocol } = new URL(baseUrl);
  return {
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'anthropic',
    'server.address': hostname,
    'server.port': port === '' ? DEFAULT_PORTS[protocol] : Number(port),
  };
}

const DEFAULT_PORTS: Readonly<Record<string, number>> = { 'https:': 443, 'http:': 80 };

function requestAttributes({ model, maxTokens, temperature, topP, topK }: ClaudeRequest): SpanAttributes {
  return {
    'gen_ai.request.model': modelName(model),
    'gen_ai.request.max_tokens': maxTokens,
    'gen_ai.request.temperature': temperature,
    'gen_ai.request.top_p': topP,
    'gen_ai.request.top_k': topK,
    'gen_ai.request.stream': true,
  };
}

/** Gateways can answer in the API's place. */
const REASON = /^[a-z_]{1,64}$/;

/** As the conventions want it, the tokens of the input have those of the cache among them, which the API counts beside them. */
function replyAttributes({ model, stopReason, usage }: ClaudeReply): SpanAttributes {
  const { inputTokens, outputTokens, cacheCreationTokens, cacheReadTokens } = usage;
  return {
    'gen_ai.response.model': modelName(model),
    'gen_ai.response.finish_reasons': [REASON.test(stopReason) ? stopReason : '_OTHER'],
    'gen_ai.usage.input_tokens': inputTokens + cacheCreationTokens + cacheReadTokens,
    'gen_ai.usage.output_tokens': outputTokens,
    'gen_ai.usage.cache_creation.input_tokens': cacheCreationTokens,
    'gen_ai.usage.cache_read.input_tokens': cacheReadTokens,
  };
}
