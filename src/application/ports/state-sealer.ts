/** Authenticated encryption for what a client carries for us between two rounds. */
export interface StateSealer {
  /** The sealed payload, URL-safe. `associated` isn't inside, but opening needs the same. */
  seal(payload: string, associated: string): Promise<string>;
  /** The payload, or undefined when it was tampered with, sealed with another key or for something else. */
  open(sealed: string, associated: string): Promise<string | undefined>;
}
