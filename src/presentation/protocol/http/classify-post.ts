import type { GetTool } from '../../../application/queries/get-tool.ts';
import type { JsonObject } from '../../../domain/shared/json.ts';
import type { Tool } from '../../../domain/tool/tool.ts';
import type { Batch, Message, Request, RequestId } from '../../jsonrpc/message.ts';
import { INVALID_PARAMS, invalidRequest, RpcError } from '../../jsonrpc/rpc-error.ts';
import { claimedVersion, claimsModern, classify } from '../classify.ts';
import { modernRevision, supportedVersions } from '../revisions.ts';
import { decodeHeaderValue } from './header-value.ts';
import { type HeaderReader, headerMismatch, METHOD_HEADER, NAME_HEADER, VERSION_HEADER } from './headers.ts';
import { requireMirroredArguments } from './mirrored-arguments.ts';

/** What a POST is: of an era, or to be refused with status 400 before anything is done. */
export type PostClass =
  | { readonly era: 'modern' }
  | { readonly era: 'legacy' }
  | { readonly era: 'none'; readonly id?: RequestId; readonly error: RpcError };

/** The tools that there are for whoever posts. */
interface Tools {
  getTool(message: GetTool): Tool | undefined;
}

/**
 * Decides the era of a posted frame, and holds its headers against it: the body counts, the headers must not say otherwise (MCP
 * 2026-07-28, basic/transports/streamable-http). The first thing that is wrong is told.
 */
export function classifyPost(frame: Message | Batch, header: HeaderReader, tools: Tools): PostClass {
  const version = header(VERSION_HEADER);
  const isModernHeader = version !== undefined && modernRevision(version) !== undefined;
  switch (frame.kind) {
    case 'invalid': {
      const { code, message, data } = frame.error;
      return refused(frame.id, new RpcError(code, message, data));
    }
    case 'batch':
      return isModernHeader || frame.members.some((member) => isRequestLike(member) && isModern(member))
        ? refused(
            undefined,
            invalidRequest('Expected one message, got an array: this revision has no batches'),
          )
        : { era: 'legacy' };
    case 'response':
      return isModernHeader
        ? refused(
            undefined,
            invalidRequest('Expected a request or a notification: this server asks nothing here'),
          )
        : { era: 'legacy' };
    case 'notification':
      return { era: isModernHeader || isModern(frame) ? 'modern' : 'legacy' };
    case 'request':
      return classifyRequest(frame, { header, version, isModernHeader, tools });
  }
}

interface Posted {
  readonly header: HeaderReader;
  readonly version: string | undefined;
  readonly isModernHeader: boolean;
  readonly tools: Tools;
}

function classifyRequest(request: Request, posted: Posted): PostClass {
  const { version, isModernHeader } = posted;
  const { id, method, params } = request;
  if (!claimsModern(params)) {
    if (!isModernHeader) return { era: 'legacy' };
    return refused(id, method === 'initialize' ? initializeIsOlder() : claimMissing());
  }
  const claimed = claimedVersion(params);
  if (claimed !== undefined && version !== undefined && version !== claimed) {
    return refused(
      id,
      headerMismatch(`Expected the header "${VERSION_HEADER}" to equal the version in "_meta"`),
    );
  }
  const classified = classify(request, false);
  if (classified.era === 'none') return refused(id, classified.error);
  try {
    requireHeaders(request, posted);
  } catch (error) {
    if (error instanceof RpcError) return refused(id, error);
    throw error;
  }
  return { era: 'modern' };
}

/** @throws RpcError -32020 */
function requireHeaders({ method, params }: Request, { header, version, tools }: Posted): void {
  if (version === undefined) throw headerMismatch(`Expected a header "${VERSION_HEADER}"`);
  const named = header(METHOD_HEADER);
  if (named === undefined) throw headerMismatch(`Expected a header "${METHOD_HEADER}"`);
  if (named !== method) throw headerMismatch(`Expected the header "${METHOD_HEADER}" to equal the method`);
  const target = params?.[Object.hasOwn(targets, method) ? (targets[method] as string) : ''];
  if (typeof target === 'string') requireName(header(NAME_HEADER), target);
  if (method !== 'tools/call' || typeof target !== 'string') return;
  const tool = tools.getTool({ name: target });
  const args = params?.['arguments'];
  if (tool) requireMirroredArguments(tool.inputSchema(), (args ?? {}) as JsonObject, header);
}

/** The parameter that `Mcp-Name` repeats, by method. */
const targets: Readonly<Record<string, string>> = {
  'tools/call': 'name',
  'prompts/get': 'name',
  'resources/read': 'uri',
};

function requireName(given: string | undefined, target: string): void {
  if (given === undefined) throw headerMismatch(`Expected a header "${NAME_HEADER}"`);
  const name = decodeHeaderValue(given);
  if (name === undefined) throw headerMismatch(`Expected valid base64 in the header "${NAME_HEADER}"`);
  if (name !== target)
    throw headerMismatch(`Expected the header "${NAME_HEADER}" to equal what is asked for`);
}

const isRequestLike = (member: Message) => member.kind === 'request' || member.kind === 'notification';
const isModern = (message: Message) => 'params' in message && claimsModern(message.params);

function refused(id: RequestId | undefined, error: RpcError): PostClass {
  return id === undefined ? { era: 'none', error } : { era: 'none', id, error };
}

function initializeIsOlder(): RpcError {
  return headerMismatch(
    `Expected no "initialize" with the header "${VERSION_HEADER}" of a revision that has none; ask "server/discover"`,
    { supported: supportedVersions },
  );
}

function claimMissing(): RpcError {
  return new RpcError(INVALID_PARAMS, 'Expected "_meta" with the protocol version that the header names', {
    code: 'envelope.invalid',
    missing: ['io.modelcontextprotocol/protocolVersion'],
  });
}
