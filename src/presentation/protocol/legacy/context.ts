import type { Answers, Questions } from '../../../application/asking.ts';
import { type LogLevel, passesThreshold } from '../../../domain/session/log-level.ts';
import type { SessionSnapshot } from '../../../domain/session/session.ts';
import { DomainError } from '../../../domain/shared/domain-error.ts';
import type { JsonObject } from '../../../domain/shared/json.ts';
import { shorten } from '../../../domain/text/utf8.ts';
import type { Exchange } from '../../jsonrpc/exchange.ts';
import { RpcError } from '../../jsonrpc/rpc-error.ts';
import { type Caller, EraContext } from '../era-context.ts';
import { answerShapes, decodeAnswer, encodeQuestion, requireCapabilities } from '../wire/questions.ts';
import type { ClientRoots } from './client-roots.ts';

/** A session, as a context sees it. */
export interface LegacySession {
  /** As the last command left it. */
  readonly session: SessionSnapshot;
  /** The client's roots, where they matter. */
  readonly roots?: Pick<ClientRoots, 'latest'>;
}

/** In this era the client is asked by requests of ours, and the log level is the session's. */
export class LegacyContext extends EraContext {
  private readonly own: LegacySession;
  private waiting = 0;
  private listener: ((isWaiting: boolean) => void) | undefined;

  constructor(caller: Caller, exchange: Exchange, meta: JsonObject, own: LegacySession) {
    super(caller, exchange, meta);
    this.own = own;
  }

  override async ask<Asked extends Questions>(questions: Asked): Promise<Answers<Asked>> {
    requireCapabilities(questions, this.client);
    this.wait(1);
    try {
      return await this.askAll(questions);
    } finally {
      this.wait(-1);
    }
  }

  override async roots(): Promise<readonly string[] | undefined> {
    return await this.own.roots?.latest;
  }

  override onWaiting(listener: (isWaiting: boolean) => void): void {
    this.listener = listener;
    if (this.waiting > 0) listener(true);
  }

  private wait(change: 1 | -1): void {
    this.waiting += change;
    this.listener?.(this.waiting > 0);
  }

  private async askAll<Asked extends Questions>(questions: Asked): Promise<Answers<Asked>> {
    const answers = await Promise.all(
      Object.entries(questions).map(async ([key, question]) => {
        const { method, params } = encodeQuestion(question, this.caller.features);
        const given = await this.exchange.ask(method, params).catch((error) => this.giveUp(error));
        const answer = decodeAnswer(question, given);
        if (answer === undefined)
          throw unusable(`an unusable answer to ${method}: expected ${answerShapes[question.kind]}`);
        return [key, answer];
      }),
    );
    return Object.fromEntries(answers) as Answers<Asked>;
  }

  /** The client's error numbers are its own: ours would mean something else. */
  private giveUp(error: Error): never {
    if (this.signal.aborted) throw error; // it is the request itself that has ended
    if (error instanceof RpcError) throw unusable(`the error "${error.message}"`);
    throw new DomainError(
      'client.answer-missing',
      'unavailable',
      `The client gave no answer: ${error.message}`,
    );
  }

  protected override wantsLog(level: LogLevel): boolean {
    return passesThreshold(level, this.own.session.logLevel);
  }
}

function unusable(what: string): DomainError {
  return new DomainError(
    'client.answer-unusable',
    'unavailable',
    `The client was asked and gave ${shorten(what, 500)}`,
  );
}
