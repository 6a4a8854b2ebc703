import type { Logger } from '../../../application/ports/logger.ts';
import type { Peer } from '../../jsonrpc/peer.ts';
import { decodeAnswer } from '../wire/questions.ts';

const TIMEOUT_MS = 10_000;

/** The directories that the client of one session works in (MCP, client/roots), as it has told them last. */
export class ClientRoots {
  private readonly peer: Peer;
  private readonly logger: Logger;
  private wasTold = false;
  private answer: Promise<readonly string[] | undefined> = Promise.resolve(undefined);

  constructor(peer: Peer, logger: Logger) {
    this.peer = peer;
    this.logger = logger;
  }

  /** URIs; undefined for a client that declares roots and has never told one, as if it declared none. */
  get latest(): Promise<readonly string[] | undefined> {
    return this.answer;
  }

  /** Asks for them, once more if they were told before. */
  ask(): void {
    this.answer = this.request();
  }

  private async request(): Promise<readonly string[] | undefined> {
    const told = await this.peer
      .ask('roots/list', {}, AbortSignal.timeout(TIMEOUT_MS))
      .then((answer) => decodeAnswer({ kind: 'roots' }, answer)?.roots.map(({ uri }) => uri))
      .catch((error) => String(error));
    if (Array.isArray(told) && told.length > 0) {
      this.wasTold = true;
      return told;
    }
    // Once some were told, none are what is left of them.
    if (this.wasTold) return [];
    const reason = Array.isArray(told) ? 'It has none' : (told ?? 'Its answer has no roots');
    this.logger.warn('The client told no roots: directories are allowed as if it offered none', { reason });
    return undefined;
  }
}
