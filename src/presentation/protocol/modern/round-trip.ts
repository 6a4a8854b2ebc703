import { InputRequired, type Questions } from '../../../application/asking.ts';
import { andThen, type Eventual, orElse } from '../../../application/eventual.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../domain/shared/json.ts';
import { invalidParams } from '../../jsonrpc/rpc-error.ts';
import { optionalObject, optionalString } from '../params.ts';
import { encodeQuestion } from '../wire/questions.ts';
import { type AnswersSoFar, unasked } from './answers.ts';
import type { ModernCall } from './call.ts';
import { ModernContext } from './context.ts';
import { resultOf } from './result.ts';

/**
 * Runs a handler that may ask the client (MCP 2026-07-28, basic/patterns/mrtr). What is still to be answered goes out as
 * `input_required`; the answers so far travel with it, sealed for this principal and this very `subject`, since a client sends
 * only the latest ones. With them travels what the client was asked to approve of: that counts only with the state it came
 * with, and once.
 */
export function roundTrip(
  call: ModernCall,
  subject: JsonValue,
  run: (context: ModernContext) => Eventual<JsonObject>,
): Eventual<JsonObject> {
  const trip = { call, subject };
  return andThen(answersSoFar(trip), (answers) => {
    call.exchange.requireWanted();
    const context = new ModernContext(call, answers);
    return orElse(
      () => run(context),
      (error) => {
        if (!(error instanceof InputRequired)) throw error;
        return inputRequired(trip, error.open, context);
      },
    );
  });
}

interface Trip {
  readonly call: ModernCall;
  readonly subject: JsonValue;
}

function answersSoFar(trip: Trip): Eventual<AnswersSoFar> {
  const { params } = trip.call;
  const latest = optionalObject(params, 'inputResponses');
  const state = optionalString(params, 'requestState');
  return state === undefined ? unasked(latest) : withEarlier(trip, latest, state);
}

async function withEarlier(trip: Trip, latest: JsonObject, state: string): Promise<AnswersSoFar> {
  const opened = await (await trip.call.services.sealer()).open(state, associatedData(trip));
  const { answers, asked } = opened === undefined ? {} : contentOf(opened.payload);
  if (opened === undefined || !isJsonObject(answers) || !isJsonObject(asked)) {
    throw invalidParams(
      'Expected the "requestState" of the last answer to this very request, unchanged and not older than ten minutes',
      {
        parameter: 'requestState',
      },
    );
  }
  return { given: { ...latest, ...answers }, asked, claim: opened.claim };
}

function contentOf(payload: string): JsonObject {
  const content: unknown = JSON.parse(payload);
  return isJsonObject(content) ? content : {};
}

async function inputRequired(
  trip: Trip,
  open: Questions,
  { used, approvals }: ModernContext,
): Promise<JsonObject> {
  const { call } = trip;
  const content = { answers: used, asked: approvals };
  const inputRequests = Object.fromEntries(
    Object.entries(open).map(([key, question]) => [key, encodeQuestion(question, call.features)]),
  );
  const requestState = await (await call.services.sealer()).seal(
    JSON.stringify(content),
    associatedData(trip),
  );
  return resultOf(call, 'input_required', { inputRequests, requestState });
}

/** The only use that the sealed answers are good for. */
const associatedData = ({ call, subject }: Trip) => canonical([call.caller.principal.id, subject]);

/** JSON with sorted keys: a client may write the same arguments in another order when it calls again. */
function canonical(value: JsonValue | undefined): string {
  return JSON.stringify(value, (_key, member: unknown) =>
    isJsonObject(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}
