import type { NetworkServer } from './network-server.ts';
import { ReceivedFrames } from './received-frames.ts';
import type { Exit, Frame } from './server-process.ts';
import type { Line } from './transcript-line.ts';

/** The common part of the lines over the network. */
export abstract class NetworkLine implements Line {
  protected readonly server: NetworkServer;
  protected readonly received = new ReceivedFrames();

  constructor(server: NetworkServer) {
    this.server = server;
  }

  get frames(): readonly Frame[] {
    return this.received.all;
  }

  async write(text: string): Promise<void> {
    this.received.noteSent(text);
    await this.post(text);
  }

  until(fits: (frame: Frame) => boolean): Promise<Frame> {
    const gone = this.server.exit().then(() => {
      const found = this.frames.find(fits);
      if (found === undefined) throw new Error('Expected a frame, got nothing');
      return found;
    });
    return Promise.race([this.received.until(fits), gone]);
  }

  async settle(): Promise<void> {
    await this.received.ping((text) => this.post(text));
  }

  end(): void {
    this.server.process.child.kill('SIGTERM');
  }

  async exit(): Promise<Exit> {
    const exit = await this.server.exit();
    this.received.audit();
    return exit;
  }

  kill(): void {
    this.server.process.kill();
  }

  protected abstract post(text: string): Promise<void>;
}
