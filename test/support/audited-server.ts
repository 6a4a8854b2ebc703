import { type Exit, ServerProcess } from './server-process.ts';
import { WireAudit } from './wire-audit.ts';

/** Longer lines are refused by the server: they ask nothing. */
const LONGEST_LINE = 64 * 1024 * 1024;

/** A server each of whose frames must be valid in the revision in force. What it wrote is judged when it has ended. */
export class AuditedServer extends ServerProcess {
  private readonly written: Buffer[] = [];

  override write(bytes: string | Uint8Array): void {
    this.written.push(Buffer.from(bytes));
    super.write(bytes);
  }

  /** Fails for what `ServerProcess.exit` does, and when a frame breaks its schema. */
  override async exit(): Promise<Exit> {
    const exit = await super.exit();
    const audit = new WireAudit();
    for (const line of this.sentLines()) audit.sent(line);
    for (const frame of this.frames) audit.received(frame);
    return exit;
  }

  private *sentLines(): Iterable<string> {
    const bytes = Buffer.concat(this.written);
    for (let start = 0; start < bytes.length; ) {
      const found = bytes.indexOf(0x0a, start);
      const end = found === -1 ? bytes.length : found;
      if (end - start <= LONGEST_LINE) yield bytes.toString('utf8', start, end).replace(/^\ufeff/, '');
      start = end + 1;
    }
  }
}
