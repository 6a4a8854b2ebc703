import { HttpLine } from './http-line.ts';
import { NetworkServer } from './network-server.ts';
import type { Exit, Frame, ServerKind } from './server-process.ts';
import { SseLine } from './sse-line.ts';
import { StdioLine } from './stdio-line.ts';
import { WebSocketLine } from './web-socket-line.ts';

export const transportNames = ['stdio', 'websocket', 'sse', 'http'] as const;

export type TransportName = (typeof transportNames)[number];

/** A server, and the way in which a transcript's frames go to and fro. */
export interface Line {
  /** Every frame so far, in order. */
  readonly frames: readonly Frame[];
  /** Sends a message as text; resolves when the server has it, or has it before what is sent next. */
  write(text: string): Promise<void>;
  /** Resolves with the first frame, early or yet to come, that fits. */
  until(fits: (frame: Frame) => boolean): Promise<Frame>;
  /** Resolves when all is there that the server has to say at once to what it was sent. */
  settle(): Promise<void>;
  /** Nothing more comes from the client: the server has reason to end. */
  end(): void;
  /** Resolves when the process has ended; fails when a frame breaks its schema. */
  exit(): Promise<Exit>;
  kill(): void;
}

export interface LineOptions {
  readonly kind: ServerKind;
  readonly settings: object;
  readonly cwd: string;
}

/** Starts a server, and connects to it. */
export async function openLine(
  transport: TransportName,
  { kind, settings, cwd }: LineOptions,
): Promise<Line> {
  if (transport === 'stdio') return new StdioLine(kind, { settings, cwd });
  const server = await NetworkServer.start({ settings, cwd });
  if (transport === 'websocket') return await WebSocketLine.open(server);
  return transport === 'sse' ? await SseLine.open(server) : new HttpLine(server);
}
