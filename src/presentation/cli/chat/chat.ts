import { localUser } from '../../../application/request-context.ts';
import type { ConversationId } from '../../../domain/conversation/conversation-events.ts';
import { DomainError } from '../../../domain/shared/domain-error.ts';
import { type ExitCode, exitCodes } from '../failures/exit-codes.ts';
import { tellError } from '../failures/messages.ts';
import type { Prepared } from '../services.ts';
import type { Terminal, TerminalInput } from '../terminal/terminal.ts';
import { chatHelp, readChatLine } from './chat-command.ts';
import { describeConversation, describeConversations } from './chat-text.ts';
import { takeChatTurn } from './chat-turn.ts';

/** The conversations that have numbers; more than anybody reads. */
const LISTED = 100;

const PROMPT = '> ';

/** One person's talk with Claude, in one conversation after the other. */
export class Chat {
  private readonly prepared: Prepared;
  private readonly terminal: Terminal;
  private readonly input: TerminalInput;
  private readonly interrupted: AbortSignal;
  private current: string | undefined;
  /** Aborts the answer that is coming. */
  private turn: AbortController | undefined;
  private isLeaving = false;
  private hasFailed = false;

  constructor(prepared: Prepared, terminal: Terminal, input: TerminalInput, interrupted: AbortSignal) {
    this.prepared = prepared;
    this.terminal = terminal;
    this.input = input;
    this.interrupted = interrupted;
    input.onInterrupt(() => this.interrupt());
    interrupted.addEventListener('abort', () => this.leave(), { once: true });
  }

  async run(): Promise<ExitCode> {
    for (;;) {
      const line = await this.input.next(PROMPT);
      if (this.isLeaving) return exitCodes.interrupted;
      if (line === undefined) break;
      if (!(await this.take(line))) break;
      if (this.isLeaving) return exitCodes.interrupted;
    }
    return this.hasFailed && !this.terminal.interactive ? exitCodes.failed : exitCodes.done;
  }

  /** The first Ctrl-C stops an answer; a second one, or one where none is coming, leaves. */
  private interrupt(): void {
    if (this.turn === undefined || this.turn.signal.aborted) this.leave();
    else this.turn.abort(new Error('Stopped'));
  }

  private leave(): void {
    this.isLeaving = true;
    this.turn?.abort(new Error('Interrupted'));
    this.input.close();
  }

  /** @returns whether to go on */
  private async take(line: string): Promise<boolean> {
    const typed = readChatLine(line);
    if (typed.kind === 'mistake') {
      this.fail(typed.problem);
      return true;
    }
    if (typed.kind === 'message') {
      if (typed.text !== '') await this.say(typed.text);
      return true;
    }
    const { name, operand } = typed;
    if (name === 'quit') return false;
    try {
      await this.obey(name, operand);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      this.fail(error.message);
    }
    return true;
  }

  private async say(text: string): Promise<void> {
    const turn = new AbortController();
    this.turn = turn;
    const signal = AbortSignal.any([this.interrupted, turn.signal]);
    try {
      const message = { text, conversationId: this.current };
      const outcome = await takeChatTurn(message, this.prepared, this.terminal, signal);
      if (outcome === undefined) this.endUnanswered(turn.signal);
      else this.current = outcome.conversationId;
    } catch (error) {
      if (!signal.aborted) throw error;
      this.endUnanswered(turn.signal);
    } finally {
      this.turn = undefined;
    }
  }

  private endUnanswered({ aborted: isStopped }: AbortSignal): void {
    this.hasFailed = true;
    if (isStopped && !this.isLeaving) this.terminal.tell('Stopped; nothing was added');
  }

  private async obey(
    name: 'list' | 'show' | 'switch' | 'new' | 'help',
    operand: string | undefined,
  ): Promise<void> {
    switch (name) {
      case 'help':
        return this.terminal.print(chatHelp());
      case 'new':
        this.current = undefined;
        return;
      case 'list':
        return this.terminal.print(describeConversations(await this.list(), this.current, this.terminal));
      case 'show':
        return await this.show(operand === undefined ? this.current : await this.numbered(operand));
      case 'switch': {
        const id = await this.numbered(operand);
        this.current = id;
        return this.terminal.tell(`The next message continues conversation ${id}`);
      }
    }
  }

  private async show(id: string | undefined): Promise<void> {
    if (id === undefined) return this.terminal.tell('This conversation has not begun');
    const query = { conversationId: id as ConversationId };
    const conversation = await this.prepared.application.queries.getConversation(query, {
      principal: localUser,
    });
    this.terminal.print(describeConversation(conversation, this.terminal));
  }

  private list() {
    return this.prepared.application.queries.listConversations({ limit: LISTED }, { principal: localUser });
  }

  /** The id behind a number of the list. @throws DomainError `chat.number-expected` */
  private async numbered(operand: string | undefined): Promise<string> {
    const list = await this.list();
    const found = /^\d+$/.test(operand ?? '') ? list[Number(operand) - 1] : undefined;
    if (found !== undefined) return found.id;
    const expected = list.length === 0 ? 'there is none yet' : `a number from 1 to ${list.length}`;
    throw new DomainError(
      'chat.number-expected',
      'invalid',
      `Expected the number of a conversation in /list (${expected}), got ${operand === undefined ? 'none' : `"${operand}"`}`,
    );
  }

  private fail(problem: string): void {
    tellError(problem, this.terminal);
    this.hasFailed = true;
  }
}
