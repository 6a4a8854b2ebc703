import { type Questions, Unanswered } from '../../../application/asking.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../domain/shared/json.ts';
import { invalidParams } from '../../jsonrpc/rpc-error.ts';
import { optionalObject, optionalString } from '../params.ts';
import { encodeQuestion } from '../wire/questions.ts';
import type { ModernCall } from './call.ts';
import { ModernContext } from './context.ts';
import { resultOf } from './result.ts';

/**
 * Runs a handler that may ask the client (MCP 2026-07-28, basic/patterns/mrtr). What is still to be answered goes out as
 * `input_required`; the answers so far travel with it, sealed for this principal and this very `subject`, since a client sends
 * only the latest ones.
 */
export async function roundTrip(
  call: ModernCall,
  subject: JsonValue,
  run: (context: ModernContext) => Promise<JsonObject>,
): Promise<JsonObject> {
  const associated = canonical([call.caller.principal.id, subject]);
  const context = new ModernContext(call, await answersSoFar(call, associated));
  call.exchange.requireWanted();
  try {
    return await run(context);
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error;
    return await inputRequired(call, error.open, context.used, associated);
  }
}

async function answersSoFar({ params, services }: ModernCall, associated: string): Promise<JsonObject> {
  const latest = optionalObject(params, 'inputResponses');
  const state = optionalString(params, 'requestState');
  if (state === undefined) return latest;
  const opened = await (await services.sealer()).open(state, associated);
  const earlier: unknown = opened === undefined ? undefined : JSON.parse(opened);
  if (!isJsonObject(earlier)) {
    throw invalidParams(
      'Expected the "requestState" of the last answer to this very request, unchanged and not older than ten minutes',
      {
        parameter: 'requestState',
      },
    );
  }
  return { ...latest, ...earlier };
}

async function inputRequired(
  call: ModernCall,
  open: Questions,
  used: JsonObject,
  associated: string,
): Promise<JsonObject> {
  const inputRequests = Object.fromEntries(
    Object.entries(open).map(([key, question]) => [key, encodeQuestion(question, call.features)]),
  );
  const requestState = await (await call.services.sealer()).seal(JSON.stringify(used), associated);
  return resultOf(call, 'input_required', { inputRequests, requestState });
}

/** JSON with sorted keys: a client may write the same arguments in another order when it calls again. */
function canonical(value: JsonValue | undefined): string {
  return JSON.stringify(value, (_key, member: unknown) =>
    isJsonObject(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}
