import type { GetTool } from '../../../application/queries/get-tool.ts';
import { objectOf } from '../../../domain/shared/json.ts';
import type { Tool } from '../../../domain/tool/tool.ts';
import type { Batch, Message, Request, RequestId } from '../../jsonrpc/message.ts';
import { RpcError } from '../../jsonrpc/rpc-error.ts';
import { claimedVersion, claimsModern, type Envelope, readClaim } from '../classify.ts';
import { modernRevision } from '../revisions.ts';
import { decodeHeaderValue } from './header-value.ts';
import { type HeaderReader, METHOD_HEADER, NAME_HEADER, VERSION_HEADER } from './headers.ts';
import { findMirrorMismatch } from './mirrored-arguments.ts';
import {
  badMessage,
  batchUnsupported,
  envelopeMissing,
  headerMismatch,
  initializeIsOlder,
  type Refusal,
  responseUnexpected,
} from './refusals.ts';

/** A POST by its era, or why it is refused before anything is done. */
export type PostClass =
  | { readonly era: 'modern'; readonly request: Request; readonly envelope: Envelope }
  /** A notification, to which there is nothing to do nor to say. */
  | { readonly era: 'modern'; readonly request?: undefined }
  | { readonly era: 'legacy' }
  | { readonly era: 'none'; readonly id?: RequestId | undefined; readonly refusal: Refusal };

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
      return { era: 'none', id: frame.id, refusal: badMessage(new RpcError(code, message, data)) };
    }
    case 'batch':
      return isModernHeader || frame.members.some((member) => isRequestLike(member) && isModern(member))
        ? { era: 'none', refusal: batchUnsupported }
        : { era: 'legacy' };
    case 'response':
      return isModernHeader ? { era: 'none', refusal: responseUnexpected } : { era: 'legacy' };
    case 'notification':
      return isModernHeader || isModern(frame) ? { era: 'modern' } : { era: 'legacy' };
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
    return { era: 'none', id, refusal: method === 'initialize' ? initializeIsOlder : envelopeMissing };
  }
  const claimed = claimedVersion(params);
  if (claimed !== undefined && version !== undefined && version !== claimed) {
    const refusal = headerMismatch(`Expected the header "${VERSION_HEADER}" to equal the version in "_meta"`);
    return { era: 'none', id, refusal };
  }
  const claim = readClaim(params);
  if (claim.era === 'none') return { era: 'none', id, refusal: badMessage(claim.error) };
  const refusal = findMismatch(request, posted);
  return refusal ? { era: 'none', id, refusal } : { era: 'modern', request, envelope: claim.envelope };
}

/** The first header that is missing, or says something else than the request. */
function findMismatch({ method, params }: Request, { header, version, tools }: Posted): Refusal | undefined {
  if (version === undefined) return headerMismatch(`Expected a header "${VERSION_HEADER}"`);
  const named = header(METHOD_HEADER);
  if (named === undefined) return headerMismatch(`Expected a header "${METHOD_HEADER}"`);
  if (named !== method) return headerMismatch(`Expected the header "${METHOD_HEADER}" to equal the method`);
  const target = params?.[Object.hasOwn(targets, method) ? (targets[method] as string) : ''];
  if (typeof target !== 'string') return undefined;
  const refusal = findNameMismatch(header(NAME_HEADER), target);
  if (refusal || method !== 'tools/call') return refusal;
  const tool = tools.getTool({ name: target });
  return tool && findMirrorMismatch(tool.inputSchema(), objectOf(params?.['arguments']) ?? {}, header);
}

/** The parameter that `Mcp-Name` repeats, by method. */
const targets: Readonly<Record<string, string>> = {
  'tools/call': 'name',
  'prompts/get': 'name',
  'resources/read': 'uri',
};

function findNameMismatch(given: string | undefined, target: string): Refusal | undefined {
  if (given === undefined) return headerMismatch(`Expected a header "${NAME_HEADER}"`);
  const name = decodeHeaderValue(given);
  if (name === undefined) return headerMismatch(`Expected valid base64 in the header "${NAME_HEADER}"`);
  return name === target
    ? undefined
    : headerMismatch(`Expected the header "${NAME_HEADER}" to equal what is asked for`);
}

const isRequestLike = (member: Message) => member.kind === 'request' || member.kind === 'notification';
const isModern = (message: Message) => 'params' in message && claimsModern(message.params);
