import type { Logger } from '../../../application/ports/logger.ts';
import type { Peer } from '../../jsonrpc/peer.ts';
import { decodeAnswer } from '../wire/questions.ts';

/** Milliseconds that calls wait for an answer; one that comes later counts from then on. */
const PATIENCE_MS = 10_000;
const LATEST_MS = 600_000;

interface ClientRootsOptions {
  readonly peer: Pick<Peer, 'ask'>;
  readonly logger: Logger;
  readonly patienceMs?: number;
}

/** The directories that the client of one session works in (MCP, client/roots), as it has told them last. */
export class ClientRoots {
  private readonly options: Required<ClientRootsOptions>;
  private asked: Promise<void> = Promise.resolve();
  private questions = 0;
  /** The question that was logged to have brought none: once is enough, though its answer may come later. */
  private unanswered = 0;
  private wasTold = false;
  private roots: readonly string[] | undefined;

  constructor(options: ClientRootsOptions) {
    this.options = { patienceMs: PATIENCE_MS, ...options };
  }

  /** URIs, once the client has answered or has had its time; undefined where it has told none yet, as if it offered none. */
  get latest(): Promise<readonly string[] | undefined> {
    return this.asked.then(() => this.roots);
  }

  /** Asks for them, anew if they were told before. */
  ask(): void {
    this.questions += 1;
    const question = this.questions;
    const { patienceMs } = this.options;
    const silence = AbortSignal.timeout(patienceMs);
    this.asked = new Promise((resolve) => {
      const settle = (told: readonly string[] | string) => {
        if (question === this.questions) this.take(told); // of an older question, nobody wants to know any more
        resolve();
      };
      const giveUp = () => settle(`No answer within ${patienceMs / 1000} s`);
      silence.addEventListener('abort', giveUp, { once: true });
      void this.request().then((told) => {
        silence.removeEventListener('abort', giveUp);
        settle(told);
      });
    });
  }

  /** @returns URIs, or why there are none */
  private async request(): Promise<readonly string[] | string> {
    try {
      const answer = await this.options.peer.ask('roots/list', {}, AbortSignal.timeout(LATEST_MS));
      const told = decodeAnswer({ kind: 'roots' }, answer)?.roots.map(({ uri }) => uri);
      return told ?? 'Its answer has no roots';
    } catch (error) {
      return String(error);
    }
  }

  private take(told: readonly string[] | string): void {
    const roots = Array.isArray(told) ? told : [];
    this.wasTold ||= roots.length > 0;
    // Once some were told, none are what is left of them.
    this.roots = this.wasTold ? roots : undefined;
    if (this.wasTold || this.unanswered === this.questions) return;
    this.unanswered = this.questions;
    const reason = typeof told === 'string' ? told : 'It has none';
    this.options.logger.warn('The client gave no roots: directories are allowed as if it offered none', {
      reason,
    });
  }
}
