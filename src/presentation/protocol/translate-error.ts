import { DomainError } from '../../domain/shared/domain-error.ts';
import { INVALID_PARAMS, RpcError } from '../jsonrpc/rpc-error.ts';

/** An era's error numbers by the domain's names; what isn't there is a matter of parameters. */
export type ErrorNumbers = Readonly<Record<string, number>>;

/** A refusal of the domain as an era says it; anything else, the unforeseen and the internal, as it is. */
export function translateError(error: unknown, numbers: ErrorNumbers): unknown {
  if (!(error instanceof DomainError) || error.kind === 'internal') return error;
  const number = Object.hasOwn(numbers, error.code) ? (numbers[error.code] as number) : INVALID_PARAMS;
  return new RpcError(number, error.message, { code: error.code, ...error.data });
}
