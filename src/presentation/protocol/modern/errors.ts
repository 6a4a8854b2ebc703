import { CAPABILITY_MISSING } from '../../../application/asking.ts';
import { DomainError } from '../../../domain/shared/domain-error.ts';
import { INVALID_PARAMS, RpcError } from '../../jsonrpc/rpc-error.ts';

/** MCP 2026-07-28, basic, "Error Codes": what isn't found is a matter of parameters in this era. */
const numbers: Readonly<Record<string, number>> = {
  [CAPABILITY_MISSING]: -32021,
};

/** A refusal of the domain as this era says it; anything else as it is. */
export function toRpcError(error: unknown): unknown {
  if (!(error instanceof DomainError) || error.kind === 'internal') return error;
  const number = Object.hasOwn(numbers, error.code) ? (numbers[error.code] as number) : INVALID_PARAMS;
  return new RpcError(number, error.message, { code: error.code, ...error.details });
}
