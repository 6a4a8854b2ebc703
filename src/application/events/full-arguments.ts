import { boundJson } from '../../domain/policy/bounded-json.ts';
import { createRedactor } from '../../domain/policy/redact.ts';
import type { JsonObject } from '../../domain/shared/json.ts';
import type { ArgumentRecorder } from '../ports/argument-recorder.ts';

/** Arguments beside the text of a conversation: that is kept where conversations are, as long as these are, and nowhere else. */
const BESIDE_TEXT: Readonly<Record<string, readonly string[]>> = {
  claude_conversation: ['conversation_id', 'model', 'max_tokens', 'temperature'],
};

/**
 * Records arguments as they came, but for secrets, what is said in conversations, and what is too long.
 * @param secrets those that are known by value
 */
export function fullArguments(secrets: Iterable<string>): ArgumentRecorder {
  const redactor = createRedactor(secrets);
  return {
    open: async () => undefined,
    record(given, about, most) {
      const { value, isCut } = boundJson(withoutSaid(given, about), { most, redactor });
      if (!isCut) return { arguments: value };
      // Made anew, since the beginning of a text holds on to all of it.
      return { arguments: JSON.parse(JSON.stringify(value)), argumentsCut: true };
    },
  };
}

function withoutSaid(given: JsonObject, about: string): JsonObject {
  const beside = Object.hasOwn(BESIDE_TEXT, about) ? BESIDE_TEXT[about] : undefined;
  if (beside === undefined) return given;
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name, beside.includes(name) ? value : '{…}']),
  );
}
