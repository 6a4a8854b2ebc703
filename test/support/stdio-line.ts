import { AuditedServer } from './audited-server.ts';
import type { Exit, Frame, ServerKind } from './server-process.ts';
import type { Line } from './transcript-line.ts';

/** A client over the server's own pipes. */
export class StdioLine implements Line {
  private readonly server: AuditedServer;
  private pings = 0;
  private readonly isPong = (frame: Frame) => /^ping-\d+$/.test(frame.id);

  constructor(kind: ServerKind, { settings, cwd }: { readonly settings: object; readonly cwd: string }) {
    this.server = new AuditedServer(kind, { cwd, env: { FIXTURE: JSON.stringify(settings) } });
  }

  get frames(): readonly Frame[] {
    return this.server.frames.filter((frame) => !this.isPong(frame));
  }

  async write(text: string): Promise<void> {
    this.server.write(`${text}\n`);
  }

  until(fits: (frame: Frame) => boolean): Promise<Frame> {
    return this.server.until((frame) => !this.isPong(frame) && fits(frame));
  }

  /** Pings, which both eras answer alike: the server says whatever it has to say to earlier messages before it answers. */
  async settle(): Promise<void> {
    await this.server.request(`ping-${++this.pings}`, 'ping');
  }

  end(): void {
    this.server.end();
  }

  exit(): Promise<Exit> {
    return this.server.exit();
  }

  kill(): void {
    this.server.kill();
  }
}
