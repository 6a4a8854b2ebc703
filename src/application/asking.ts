import type { ContentBlock } from '../domain/shared/content-block.ts';
import { DomainError } from '../domain/shared/domain-error.ts';
import type { JsonObject } from '../domain/shared/json.ts';

/** A form for the user: flat JSON Schema properties of primitive types. */
export interface Elicitation {
  readonly kind: 'elicitation';
  readonly message: string;
  readonly requestedSchema: JsonObject;
}

/** A question for the user's yes or no to one thing that is then done, once. */
export interface ApprovalRequest {
  readonly kind: 'approval';
  /** The whole of the thing that is to be done. */
  readonly message: string;
}

/** A page for the user to visit, for what must not pass through the client. */
export interface UrlElicitation {
  readonly kind: 'url-elicitation';
  readonly message: string;
  readonly url: string;
  readonly elicitationId: string;
}

/** A question for the client's model. */
export interface Sampling {
  readonly kind: 'sampling';
  readonly messages: readonly { readonly role: 'user' | 'assistant'; readonly content: ContentBlock }[];
  readonly maxTokens: number;
  readonly systemPrompt?: string;
  readonly temperature?: number;
  /** A model's name, for a client that has it or knows one like it. */
  readonly modelHint?: string;
}

/** The folders that the client works in. */
export interface RootsQuestion {
  readonly kind: 'roots';
}

export type Question = ApprovalRequest | Elicitation | UrlElicitation | Sampling | RootsQuestion;

export interface ElicitationAnswer {
  readonly action: 'accept' | 'decline' | 'cancel';
  readonly content?: JsonObject;
}

export interface SamplingAnswer {
  readonly role: 'user' | 'assistant';
  /** One content block, or several where the client's revision allows it. */
  readonly content: JsonObject | readonly JsonObject[];
  readonly model: string;
  readonly stopReason?: string | null;
}

export interface RootsAnswer {
  readonly roots: readonly { readonly uri: string; readonly name?: string }[];
}

interface AnswerByKind {
  readonly approval: ElicitationAnswer;
  readonly elicitation: ElicitationAnswer;
  readonly 'url-elicitation': ElicitationAnswer;
  readonly sampling: SamplingAnswer;
  readonly roots: RootsAnswer;
}

export type Answer<Q extends Question = Question> = AnswerByKind[Q['kind']];

export type Questions = Readonly<Record<string, Question>>;
export type Answers<Asked extends Questions> = { readonly [Key in keyof Asked]: Answer<Asked[Key]> };

/**
 * Thrown by `context.ask` where the client must call again with the answers: it unwinds the handler, which runs once more from
 * its top when the answers are there. Not a failure: whoever catches errors lets it pass.
 */
export class InputRequired {
  readonly open: Questions;

  constructor(open: Questions) {
    this.open = open;
  }
}

/** The code of an answer by the client that can't be one to the question. */
export const ANSWER_INVALID = 'client.answer-invalid';

export const CAPABILITY_MISSING = 'client.capability-missing';

/** The refusal of `context.ask` when the client never said that it can answer; the handler decides what then. */
export function capabilityMissing(requiredCapabilities: JsonObject): DomainError {
  const names = Object.keys(requiredCapabilities).join(', ');
  return new DomainError(
    CAPABILITY_MISSING,
    'forbidden',
    `This needs a client that declares the capability ${names}`,
    { requiredCapabilities },
  );
}
