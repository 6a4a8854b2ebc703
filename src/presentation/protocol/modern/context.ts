import {
  ANSWER_INVALID,
  type Answer,
  type Answers,
  type ApprovalRequest,
  type ElicitationAnswer,
  InputRequired,
  type Question,
  type Questions,
} from '../../../application/asking.ts';
import { type LogLevel, passesThreshold } from '../../../domain/session/log-level.ts';
import { DomainError } from '../../../domain/shared/domain-error.ts';
import type { JsonObject } from '../../../domain/shared/json.ts';
import { EraContext } from '../era-context.ts';
import { answerShapes, decodeAnswer, requireCapabilities } from '../wire/questions.ts';
import { type AnswersSoFar, unasked } from './answers.ts';
import type { ModernCall } from './call.ts';

/** In this era the client is asked by the result, and says with each request which log messages it wants. */
export class ModernContext extends EraContext {
  /** The answers that the handler has been given so far, as they came. */
  readonly used: Record<string, JsonObject> = Object.create(null);
  /** The approvals that the handler has asked for, by key. */
  readonly approvals: Record<string, string> = Object.create(null);
  private readonly soFar: AnswersSoFar;
  private isClaimed: boolean | undefined;
  private readonly threshold: LogLevel | undefined;

  constructor(call: ModernCall, soFar: AnswersSoFar = unasked()) {
    super(call.caller, call.exchange, call.meta);
    this.soFar = soFar;
    this.threshold = call.envelope.logLevel;
  }

  override async ask<Asked extends Questions>(questions: Asked): Promise<Answers<Asked>> {
    requireCapabilities(questions, this.client);
    const entries = Object.entries(questions).map(
      ([key, question]) => [key, question, this.take(key, question)] as const,
    );
    const open = entries.filter(([, , answer]) => answer === undefined);
    if (open.length > 0)
      throw new InputRequired(Object.fromEntries(open.map(([key, question]) => [key, question])));
    const answers: unknown = Object.fromEntries(entries.map(([key, , answer]) => [key, answer]));
    return answers as Answers<Asked>;
  }

  protected override wantsLog(level: LogLevel): boolean {
    return this.threshold !== undefined && passesThreshold(level, this.threshold);
  }

  private take(key: string, question: Question): Answer | undefined {
    if (question.kind === 'approval') this.approvals[key] = question.message;
    const { given } = this.soFar;
    if (!Object.hasOwn(given, key)) return undefined;
    const answer = decodeAnswer(question, given[key]);
    if (answer === undefined) throw answerInvalid(key, question);
    if (question.kind === 'approval' && !this.isGood(answer as ElicitationAnswer, key, question))
      return undefined;
    this.used[key] = given[key] as JsonObject;
    return answer;
  }

  /** A yes is good once, and only for what was asked about. After a no, the same question can't be answered with yes. */
  private isGood({ action }: ElicitationAnswer, key: string, { message }: ApprovalRequest): boolean {
    if (action === 'cancel') return true; // it stays open: the user has not answered
    const wasAsked = this.soFar.asked[key] === message;
    if (wasAsked) this.isClaimed ??= this.soFar.claim();
    return action === 'decline' || (wasAsked && this.isClaimed === true);
  }
}

function answerInvalid(key: string, { kind }: Question): DomainError {
  return new DomainError(
    ANSWER_INVALID,
    'invalid',
    `Expected "inputResponses.${key}" to answer a question of kind ${kind}: ${answerShapes[kind]}`,
  );
}
