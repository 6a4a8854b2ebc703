import type { CompleteArgument } from '../../../application/queries/complete-argument.ts';
import type { JsonObject } from '../../../domain/shared/json.ts';
import { shorten } from '../../../domain/text/utf8.ts';
import { invalidParams } from '../../jsonrpc/rpc-error.ts';
import { optionalObject, optionalStrings, requireObject, requireString } from '../params.ts';

/** The argument to complete. @throws RpcError -32602 */
export function decodeCompletion(params: JsonObject | undefined): CompleteArgument {
  const argument = requireObject(params, 'argument');
  return {
    reference: decodeReference(requireObject(params, 'ref')),
    argument: { name: requireString(argument, 'name'), value: requireString(argument, 'value') },
    given: optionalStrings(optionalObject(params, 'context'), 'arguments'),
  };
}

function decodeReference(reference: JsonObject): CompleteArgument['reference'] {
  const type = requireString(reference, 'type');
  if (type === 'ref/prompt') return { kind: 'prompt', name: requireString(reference, 'name') };
  if (type === 'ref/resource') return { kind: 'resource', uri: requireString(reference, 'uri') };
  throw invalidParams(`Expected "ref.type" to be "ref/prompt" or "ref/resource", got "${shorten(type, 80)}"`);
}
