import {
  ANSWER_INVALID,
  type Answer,
  type Answers,
  type Question,
  type Questions,
  Unanswered,
} from '../../../application/asking.ts';
import { type LogLevel, reaches } from '../../../domain/session/log-level.ts';
import { DomainError } from '../../../domain/shared/domain-error.ts';
import type { JsonObject } from '../../../domain/shared/json.ts';
import { EraContext } from '../era-context.ts';
import { decodeAnswer, requireCapabilities } from '../wire/questions.ts';
import type { ModernCall } from './call.ts';

/** In this era the client is asked by the result, and says with each request which log messages it wants. */
export class ModernContext extends EraContext {
  /** The answers that the handler has been given so far, as they came. */
  readonly used: Record<string, JsonObject> = Object.create(null);
  private readonly given: JsonObject;
  private readonly threshold: LogLevel | undefined;

  /** @param given the client's answers by key, of this round and those before it */
  constructor(call: ModernCall, given: JsonObject = {}) {
    super(call.caller, call.exchange, call.meta);
    this.given = given;
    this.threshold = call.envelope.logLevel;
  }

  override async ask<Asked extends Questions>(questions: Asked): Promise<Answers<Asked>> {
    requireCapabilities(questions, this.client);
    const entries = Object.entries(questions);
    const open = entries.filter(([key]) => !Object.hasOwn(this.given, key));
    const answers = entries
      .filter(([key]) => Object.hasOwn(this.given, key))
      .map(([key, question]) => [key, this.take(key, question)]);
    if (open.length > 0) throw new Unanswered(Object.fromEntries(open));
    return Object.fromEntries(answers) as Answers<Asked>;
  }

  protected override wantsLog(level: LogLevel): boolean {
    return this.threshold !== undefined && reaches(level, this.threshold);
  }

  private take(key: string, question: Question): Answer {
    const answer = decodeAnswer(question, this.given[key]);
    if (answer === undefined) throw answerInvalid(key, question);
    this.used[key] = this.given[key] as JsonObject;
    return answer;
  }
}

function answerInvalid(key: string, { kind }: Question): DomainError {
  return new DomainError(
    ANSWER_INVALID,
    'invalid',
    `Expected "inputResponses.${key}" to answer a question of kind ${kind}`,
  );
}
