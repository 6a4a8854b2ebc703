import type { JsonObject } from '../../domain/shared/json.ts';

/** The part of what a caller gave that stands in the payload of a stored event; none of it in events of this process. */
export interface RecordedArguments {
  /** The arguments themselves, without secrets. In the local store alone: no sink gets them. */
  readonly arguments?: JsonObject;
  /** HMAC-SHA-256 of their canonical JSON, hexadecimal: equal ones have the same. */
  readonly argumentsHash?: string;
  /** True if they were too long, so that only their beginnings are in the above. */
  readonly argumentsCut?: true;
}

/** Makes what may be stored of that which callers give: arguments of tools and prompts, URIs of resources. */
export interface ArgumentRecorder {
  /** Gets ready; called before recording, again and again. What keeps it from that goes to the log, and then less is recorded. */
  open(): Promise<void>;

  /**
   * Takes no longer for long arguments than for those of `most` characters.
   * @param about the name of what was called
   * @param most characters of the arguments that are kept, if any of them are
   */
  record(given: JsonObject, about: string, most: number): RecordedArguments;
}
