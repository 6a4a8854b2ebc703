import { isUtf8 } from 'node:buffer';
import { LONG_MESSAGE } from '../jsonrpc/growing-bytes.ts';
import { LineFramer } from '../jsonrpc/line-framer.ts';
import { notUtf8 } from '../jsonrpc/parse.ts';
import type { McpConnection } from '../protocol/mcp-connection.ts';
import { collectSooner } from './collect-sooner.ts';
import { FrameWriter } from './frame-writer.ts';
import { type Input, isPipe, readInput, UNHEARD } from './input.ts';
import { RequestGate } from './request-gate.ts';
import type { ShutdownDeadlines } from './shutdown-deadlines.ts';
import { claimStdout } from './stdout-guard.ts';
import { writeBehind } from './write-behind.ts';

export interface StdioOptions {
  /** Bytes of one incoming line. */
  readonly maxMessageBytes: number;
  /** Opens the connection that the lines are for. */
  readonly connect: (writer: FrameWriter) => McpConnection;
  /** The client has closed its side: of our input, or of our output. */
  readonly onEnd: (reason: string) => void;
}

/** One client over the process's own pipes: a JSON value a line (MCP, basic/transports, "stdio"). */
export class StdioTransport {
  readonly connection: McpConnection;
  private readonly input: Input;
  private readonly writer: FrameWriter;
  private readonly framer: LineFramer;
  private readonly gate: RequestGate;
  private isReading = true;
  private hasHeard = false;
  private isSlow = false;

  constructor({ maxMessageBytes, connect, onEnd }: StdioOptions) {
    const output = writeBehind(process.stdout);
    this.writer = new FrameWriter({
      stream: output,
      write: claimStdout(),
      onBackpressure: (isSlow) => {
        this.isSlow = isSlow;
        this.gate.proceed();
      },
    });
    output.on('error', (error) => {
      this.writer.break();
      this.connection.peer.cancelAll(new Error('The client reads no answers any more'));
      onEnd(`stdout: ${error.message}`);
    });
    this.connection = connect(this.writer);
    const { peer } = this.connection;
    this.gate = new RequestGate({
      peer,
      isSlow: () => this.isSlow,
      onFull: (isFull) => (isFull || !this.isReading ? this.input.pause() : this.input.resume()),
    });
    peer.whenWorkEnds(() => this.gate.proceed());
    this.framer = new LineFramer({
      maxLineBytes: maxMessageBytes,
      decode: (bytes, start, end) => {
        if (end - start > LONG_MESSAGE) collectSooner();
        return Buffer.prototype.utf8Slice.call(bytes, start, end);
      },
      onLine: (line) => {
        this.hasHeard = true;
        if (this.isReading) this.gate.receive(line); // a chunk may go on behind the line that ended it all
      },
      isUtf8,
      onMalformed: (line) => {
        this.hasHeard = true;
        if (this.isReading) peer.take(notUtf8(line));
      },
      onOversized: () => peer.refuseOversized(maxMessageBytes),
    });
    this.input = readInput({
      onBytes: (bytes) => this.writer.gather(() => this.framer.push(bytes)),
      onEnd: () => {
        this.framer.end();
        // Clients that try a server first close a second one's pipe without a word.
        onEnd(this.hasHeard || isPipe() ? 'end of input' : UNHEARD);
      },
      onError: (error) => onEnd(`stdin: ${error.message}`),
    });
  }

  get requestsInFlight(): number {
    return this.connection.peer.requestsInFlight + this.gate.size;
  }

  /** Reads nothing more; resolves when all answers are written, or can't be any more. */
  async close({ drain, exit }: ShutdownDeadlines): Promise<void> {
    this.isReading = false;
    this.input.pause();
    this.connection.endInput();
    await Promise.race([this.gate.whenEmpty(), drain]);
    this.gate.clear();
    await this.connection.close(drain);
    const written = this.connection.peer.whenIdle().then(() => this.writer.finish());
    await Promise.race([written, exit]);
  }
}
