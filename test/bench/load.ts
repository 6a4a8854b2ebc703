import type { Exchange } from './exchange.ts';
import { FrameTemplate } from './frame-template.ts';
import { parse } from './message.ts';
import { processorMs } from './process-tree.ts';
import type { StdioClient } from './stdio-client.ts';

const WRITE_BYTES = 1 << 20;
const STALL_MS = 20_000;

/** When a load stops asking: after `calls` or after `ms`, whichever comes first. */
interface LoadLimits {
  readonly inflight: number;
  readonly calls?: number;
  readonly ms?: number;
}

interface LoadFigures {
  readonly calls: number;
  readonly wrong: number;
  /** In ms, one per call. */
  readonly latencies: readonly number[];
  /** From the first request to the last answer. */
  readonly wallMs: number;
  readonly perSecond: number;
  /** The server's processor time per call, in microseconds. */
  readonly cpuUs: number;
  /** The share of one core that the harness used; near 1 the harness, not the server, was the limit. */
  readonly harnessCore: number;
}

/**
 * Keeps `inflight` calls going until a limit is reached and waits for every answer. Each call must be answered once and
 * rightly. Rejects when the server ends or goes silent.
 */
export async function runLoad(
  client: StdioClient,
  exchange: Exchange,
  limits: LoadLimits,
): Promise<LoadFigures> {
  const serverBefore = processorMs(client.pid);
  const harnessBefore = process.cpuUsage();
  const start = performance.now();
  const load = new Load(client, exchange, limits);
  await load.finish();
  const wallMs = performance.now() - start;
  const harness = process.cpuUsage(harnessBefore);
  const calls = load.latencies.length;
  return {
    calls,
    wrong: load.wrong,
    latencies: load.latencies,
    wallMs,
    perSecond: (calls / wallMs) * 1000,
    cpuUs: ((processorMs(client.pid) - serverBefore) / calls) * 1000,
    harnessCore: (harness.user + harness.system) / 1000 / wallMs,
  };
}

class Load {
  readonly latencies: number[] = [];
  wrong = 0;
  readonly #client: StdioClient;
  readonly #exchange: Exchange;
  readonly #inflight: number;
  readonly #calls: number;
  readonly #deadline: number;
  readonly #firstId: number;
  /** When each call was sent, by its place in the load; undefined once it was answered. */
  readonly #sentAt: (number | undefined)[] = [];
  readonly #done = Promise.withResolvers<void>();
  #answer: FrameTemplate | undefined;

  constructor(client: StdioClient, exchange: Exchange, limits: LoadLimits) {
    this.#client = client;
    this.#exchange = exchange;
    this.#inflight = limits.inflight;
    this.#calls = limits.calls ?? Number.POSITIVE_INFINITY;
    this.#deadline = performance.now() + (limits.ms ?? Number.POSITIVE_INFINITY);
    this.#firstId = client.nextLoadId;
  }

  async finish(): Promise<void> {
    const { onLines } = this.#client;
    this.#client.onLines = (lines) => this.#take(lines);
    const fail = (what: string) =>
      this.#done.reject(
        new Error(`${what}: ${this.latencies.length} of ${this.#sentAt.length} calls answered`),
      );
    void this.#client.closed.then(() => fail('The server ended'));
    let before = -1;
    const watch = setInterval(() => {
      if (this.latencies.length === before) fail('The server went silent');
      before = this.latencies.length;
    }, STALL_MS);
    try {
      this.#send(this.#inflight);
      await this.#done.promise;
    } finally {
      clearInterval(watch);
      this.#client.onLines = onLines;
    }
  }

  /** One write per chunk of answers, as a client does that answers what it was woken for. */
  #send(count: number): void {
    const { request } = this.#exchange;
    const perWrite = Math.max(1, Math.floor(WRITE_BYTES / request.length));
    const now = performance.now();
    let left = Math.min(count, this.#calls - this.#sentAt.length);
    while (left > 0) {
      const frames = Math.min(left, perWrite);
      const bytes = Buffer.allocUnsafe(frames * request.length);
      for (let i = 0; i < frames; i++) {
        request.write(bytes, i * request.length, this.#client.nextLoadId++);
        this.#sentAt.push(now);
      }
      this.#client.write(bytes);
      left -= frames;
    }
  }

  #take(lines: readonly Buffer[]): void {
    const now = performance.now();
    let answered = 0;
    for (const line of lines) {
      const id = this.#answer?.idOf(line) ?? this.#read(line);
      if (id === undefined) continue;
      const sentAt = this.#sentAt[id - this.#firstId];
      if (sentAt === undefined) {
        this.wrong++; // answered twice, or never asked
        continue;
      }
      this.#sentAt[id - this.#firstId] = undefined;
      this.latencies.push(now - sentAt);
      answered++;
    }
    if (now < this.#deadline) this.#send(answered);
    if (this.latencies.length === this.#sentAt.length) this.#done.resolve();
  }

  /** The id of an answer that is not in the known form; a right one becomes the form that the next are compared with. */
  #read(line: Buffer): number | undefined {
    const message = parse(line);
    if (typeof message?.id !== 'number' || message.method !== undefined) {
      this.#client.dispatch([line]);
      return undefined;
    }
    const { id } = message;
    if (this.#sentAt[id - this.#firstId] === undefined) return id;
    if (this.#exchange.accepts(message, id)) this.#answer = new FrameTemplate(line, id);
    else this.wrong++;
    return id;
  }
}
