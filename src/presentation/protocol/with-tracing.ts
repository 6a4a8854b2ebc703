import { observed } from '../../application/eventual.ts';
import type { Span, SpanAttributes } from '../../application/ports/telemetry.ts';
import { shownUri } from '../../domain/resource/resource-events.ts';
import { isJsonObject, type JsonObject } from '../../domain/shared/json.ts';
import type { Exchange } from '../jsonrpc/exchange.ts';
import type { Request } from '../jsonrpc/message.ts';
import type { Protocol } from '../jsonrpc/protocol.ts';
import { INTERNAL_ERROR, RpcError } from '../jsonrpc/rpc-error.ts';
import { methods as legacyMethods } from './legacy/methods.ts';
import { traceOf } from './meta.ts';
import { methods as modernMethods } from './modern/methods.ts';
import type { Tracing } from './services.ts';

/** Tells the revision that a request is answered by, once that is known. */
export type VersionOf = (request: Request) => string | undefined;

/**
 * Traces each request by a span of its own, with the names and attributes of the semantic conventions for MCP
 * (open-telemetry/semantic-conventions-genai, docs/gen-ai/mcp.md). Its parent is what the request says (`_meta.traceparent`, SEP-414);
 * what the request of HTTP says, which may carry several of these, is a link.
 */
export function withTracing(
  protocol: Protocol,
  { tracer, attributes }: Tracing,
  versionOf: VersionOf,
): Protocol {
  const start = ({ method, params }: Request, exchange: Exchange): Span => {
    const meta = params?.['_meta'];
    const { transportTrace } = exchange;
    return tracer.start({
      name: spanName(method, params),
      kind: 'server',
      parent: isJsonObject(meta) ? traceOf(meta) : undefined,
      ...(transportTrace && { links: [transportTrace] }),
    });
  };
  const describe = (span: Span, request: Request, exchange: Exchange): void => {
    const version = versionOf(request);
    span.set({
      ...attributes,
      ...requestAttributes(request),
      'mcp.protocol.version': version,
      'mcp.session.id': exchange.owner,
    });
  };
  return {
    handle(request, exchange) {
      const span = start(request, exchange);
      exchange.span = span;
      const handle = () => tracer.within(span, () => protocol.handle(request, exchange));
      if (!span.isRecorded) return handle();
      return observed(handle, {
        done: (result) => {
          describe(span, request, exchange);
          if (!exchange.isOpen) span.fail(CANCELLED);
          else if (isJsonObject(result) && result['isError'] === true) span.fail('tool_error');
          span.end();
        },
        failed: (error) => {
          describe(span, request, exchange);
          if (exchange.isOpen) failBy(span, protocol.explain(error, request));
          else span.fail(CANCELLED);
          span.end();
        },
      });
    },
    explain: (error, request) => protocol.explain(error, request),
    notice: (notification) => protocol.notice(notification),
    acceptsBatch: (members) => protocol.acceptsBatch(members),
  };
}

export const CANCELLED = 'cancelled';

/** The error's own words can quote arguments: its name among ours says as much. */
function failBy(span: Span, explained: unknown): void {
  const { code, data } =
    explained instanceof RpcError ? explained : { code: INTERNAL_ERROR, data: undefined };
  const name = data?.['code'];
  span.set({ 'rpc.response.status_code': String(code) });
  span.fail(String(code), typeof name === 'string' ? name : 'internal');
}

/** Others are made up by clients, who can make up any number of them. */
const KNOWN = new Set(['initialize', ...legacyMethods.keys(), ...modernMethods.keys()]);
export const OTHER = '_OTHER';

export const methodName = (method: string) => (KNOWN.has(method) ? method : OTHER);

const TARGET = /^[\w.-]{1,64}$/;

/** The tool or prompt that a request names, if it could be one. */
function targetOf(method: string, params: JsonObject | undefined): string | undefined {
  const name = method === 'tools/call' || method === 'prompts/get' ? params?.['name'] : undefined;
  return typeof name === 'string' && TARGET.test(name) ? name : undefined;
}

function spanName(method: string, params: JsonObject | undefined): string {
  const target = targetOf(method, params);
  const known = methodName(method);
  return target === undefined ? known : `${known} ${target}`;
}

const LONGEST_ID = 64;

function requestAttributes({ id, method, params }: Request): SpanAttributes {
  const target = targetOf(method, params);
  const uri = params?.['uri'];
  return {
    'mcp.method.name': methodName(method),
    'jsonrpc.request.id': String(id).slice(0, LONGEST_ID),
    ...(method === 'tools/call' && {
      'gen_ai.operation.name': 'execute_tool',
      'gen_ai.tool.name': target ?? OTHER,
    }),
    ...(method === 'prompts/get' && { 'gen_ai.prompt.name': target ?? OTHER }),
    ...(typeof uri === 'string' && { 'mcp.resource.uri': shownUri(uri) }),
  };
}
