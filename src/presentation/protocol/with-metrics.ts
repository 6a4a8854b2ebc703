import type { Application } from '../../application/application.ts';
import { observed } from '../../application/eventual.ts';
import { isJsonObject } from '../../domain/shared/json.ts';
import type { Exchange } from '../jsonrpc/exchange.ts';
import type { Request } from '../jsonrpc/message.ts';
import type { Protocol } from '../jsonrpc/protocol.ts';
import { INTERNAL_ERROR, RpcError } from '../jsonrpc/rpc-error.ts';
import { supportedVersions } from './revisions.ts';
import type { Metering, Services } from './services.ts';
import { CANCELLED, methodName, OTHER, type VersionOf, withTracing } from './with-tracing.ts';

/** The protocol with what traces and measures its requests; itself, where nothing does. */
export function instrumented(
  protocol: Protocol,
  { tracing, metering, application }: Services,
  versionOf: VersionOf,
): Protocol {
  const traced = tracing ? withTracing(protocol, tracing, versionOf) : protocol;
  return metering ? withMetrics(traced, { ...metering, queries: application.queries }, versionOf) : traced;
}

type MeteringOptions = Metering & Pick<Application, 'queries'>;

/**
 * Measures each request by `mcp.server.operation.duration` of the semantic conventions for MCP. What clients can make up is `_OTHER`:
 * names of methods, tools and prompts that there are not. URIs are told by nothing.
 */
function withMetrics(protocol: Protocol, options: MeteringOptions, versionOf: VersionOf): Protocol {
  const { operations, transport, queries } = options;
  const record = (started: number, request: Request, errorType: string | undefined): void => {
    const { method, params } = request;
    const name = params?.['name'];
    const version = versionOf(request);
    operations.record(
      (performance.now() - started) / 1000,
      methodName(method),
      method === 'tools/call' ? knownName(name, queries.hasTool) : undefined,
      method === 'prompts/get' ? knownName(name, queries.hasPrompt) : undefined,
      errorType,
      version === undefined || supportedVersions.includes(version) ? version : OTHER,
      transport,
    );
  };
  return {
    handle(request, exchange) {
      const started = performance.now();
      return observed(() => protocol.handle(request, exchange), {
        done: (result) => record(started, request, failureOf(result, exchange)),
        failed: (error) =>
          record(started, request, exchange.isOpen ? codeOf(protocol.explain(error, request)) : CANCELLED),
      });
    },
    explain: (error, request) => protocol.explain(error, request),
    notice: (notification) => protocol.notice(notification),
    acceptsBatch: (members) => protocol.acceptsBatch(members),
  };
}

function knownName(name: unknown, isKnown: (name: string) => boolean): string {
  return typeof name === 'string' && isKnown(name) ? name : OTHER;
}

function failureOf(result: unknown, exchange: Exchange): string | undefined {
  if (!exchange.isOpen) return CANCELLED;
  return isJsonObject(result) && result['isError'] === true ? 'tool_error' : undefined;
}

function codeOf(explained: unknown): string {
  return String(explained instanceof RpcError ? explained.code : INTERNAL_ERROR);
}
