/** Every id of a load has seven digits, so that all of its frames have one length. */
export const FIRST_ID = 1_000_000;
const DIGITS = 7;
const ZERO = 48;

/**
 * A frame in which only the id changes from call to call. It writes requests and checks answers byte for byte without
 * JSON in between: with it the harness costs so little that the server, not the harness, is what limits a run.
 */
export class FrameTemplate {
  readonly #bytes: Buffer;
  readonly #holes: readonly number[];

  /** @param frame any one frame, as it is on the wire  @param id its id, wherever it occurs in the frame */
  constructor(frame: Buffer, id: number) {
    this.#bytes = Buffer.from(frame);
    const digits = String(id);
    const holes: number[] = [];
    for (let at = frame.indexOf(digits); at !== -1; at = frame.indexOf(digits, at + DIGITS)) holes.push(at);
    if (digits.length !== DIGITS || holes.length === 0)
      throw new Error(`Expected a frame with the id ${id} in it`);
    this.#holes = holes;
  }

  get length(): number {
    return this.#bytes.length;
  }

  /** Writes the frame of `id` into `target` at `at`. */
  write(target: Buffer, at: number, id: number): void {
    this.#fill(id);
    this.#bytes.copy(target, at);
  }

  /** The id of a line that equals this frame in every byte but the id; undefined for any other line. */
  idOf(line: Buffer): number | undefined {
    if (line.length !== this.#bytes.length) return undefined;
    const hole = this.#holes[0] ?? 0;
    let id = 0;
    for (let i = hole; i < hole + DIGITS; i++) id = id * 10 + (line[i] ?? 0) - ZERO;
    if (!(id >= FIRST_ID && id < FIRST_ID * 10)) return undefined;
    this.#fill(id);
    return this.#bytes.equals(line) ? id : undefined;
  }

  #fill(id: number): void {
    for (const hole of this.#holes) {
      let rest = id;
      for (let i = hole + DIGITS - 1; i >= hole; i--) {
        const next = Math.floor(rest / 10);
        this.#bytes[i] = ZERO + rest - next * 10;
        rest = next;
      }
    }
  }
}
