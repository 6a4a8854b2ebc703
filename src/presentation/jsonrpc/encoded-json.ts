import type { JsonObject, JsonValue } from '../../domain/shared/json.ts';

/** A value whose JSON text is known: as a member of a result it goes out as that, and is itself to whoever encodes it anew. */
export class EncodedJson {
  readonly text: string;
  private readonly value: JsonValue;

  constructor(value: JsonValue, text: string) {
    this.value = value;
    this.text = text;
  }

  toJSON(): JsonValue {
    return this.value;
  }
}

/** The two as one value, as far as everybody else is concerned. @param text as JSON.stringify would make it of the value */
export const withJson = (value: JsonValue, text: string): JsonObject =>
  new EncodedJson(value, text) as unknown as JsonObject;
