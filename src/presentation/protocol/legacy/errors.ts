import { DomainError } from '../../../domain/shared/domain-error.ts';
import { INVALID_PARAMS, INVALID_REQUEST, RpcError } from '../../jsonrpc/rpc-error.ts';

/** Error numbers of this era: those of TelemetryFlow's servers for what isn't found, JSON-RPC's for the rest. */
const numbers: Readonly<Record<string, number>> = {
  'tool.not-found': -32001,
  'resource.not-found': -32002,
  'prompt.not-found': -32003,
  'client.capability-missing': INVALID_REQUEST,
  'session.not-ready': INVALID_REQUEST,
  'session.illegal-transition': INVALID_REQUEST,
};

/** A refusal of the domain as this era says it; anything else as it is. */
export function toRpcError(error: unknown): unknown {
  if (!(error instanceof DomainError) || error.kind === 'internal') return error;
  const number = Object.hasOwn(numbers, error.code) ? (numbers[error.code] as number) : INVALID_PARAMS;
  return new RpcError(number, error.message, { code: error.code, ...error.details });
}
