import type { Logger } from '../../../application/ports/logger.ts';
import { isJsonObject } from '../../../domain/shared/json.ts';
import type { Peer } from '../../jsonrpc/peer.ts';

/** Milliseconds that calls wait for an answer; one that comes later counts from then on. */
const PATIENCE_MS = 10_000;
const LATEST_MS = 600_000;

/** More are not used: each is looked at in the file system. */
const MOST_ROOTS = 1000;

interface ClientRootsOptions {
  readonly peer: Pick<Peer, 'ask'>;
  readonly logger: Logger;
  readonly pinRoots: (roots: readonly string[]) => Promise<void>;
  readonly patienceMs?: number;
}

/** The client's answer, as far as it can be used. */
interface ToldRoots {
  /** Members of the answer, whatever they are. */
  readonly count: number;
  readonly uris: readonly string[];
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
      const settle = (told: ToldRoots | string) => {
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

  /** @returns the reason where there are none */
  private async request(): Promise<ToldRoots | string> {
    try {
      const answer = await this.options.peer.ask('roots/list', {}, AbortSignal.timeout(LATEST_MS));
      const roots = isJsonObject(answer) ? answer['roots'] : undefined;
      if (!Array.isArray(roots)) return 'Its answer has no roots';
      const uris = roots
        .slice(0, MOST_ROOTS)
        .map(uriOf)
        .filter((uri) => uri !== undefined);
      if (uris.length < roots.length)
        this.options.logger.warn('Some roots of the client can’t be used', {
          why: `They have no "uri" that is a text, or are more than ${MOST_ROOTS}`,
          count: roots.length - uris.length,
        });
      await this.options.pinRoots(uris);
      return { count: roots.length, uris };
    } catch (error) {
      return String(error);
    }
  }

  private take(told: ToldRoots | string): void {
    const { count, uris } = typeof told === 'string' ? { count: 0, uris: [] } : told;
    this.wasTold ||= count > 0;
    // Once some were told, none are what is left of them.
    this.roots = this.wasTold ? uris : undefined;
    if (this.wasTold || this.unanswered === this.questions) return;
    this.unanswered = this.questions;
    const reason = typeof told === 'string' ? told : 'It has none';
    this.options.logger.warn('The client gave no roots: directories are allowed as if it offered none', {
      reason,
    });
  }
}

function uriOf(root: unknown): string | undefined {
  const uri = isJsonObject(root) ? root['uri'] : undefined;
  return typeof uri === 'string' ? uri : undefined;
}
