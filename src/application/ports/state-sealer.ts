/** Authenticated encryption for what a client carries for us between two rounds. */
export interface StateSealer {
  /** The sealed payload, URL-safe. `associated` isn't inside, but opening needs the same. */
  seal(payload: string, associated: string): Promise<string>;
  /** Gives back the sealed text, or undefined when it was tampered with, sealed with another key or for something else. */
  open(sealed: string, associated: string): Promise<OpenedState | undefined>;
}

export interface OpenedState {
  readonly payload: string;
  /**
   * Takes the state for what may be done once: true the first time in all, for every copy of it. False as well where this
   * process didn't seal it, since what other processes have taken isn't known here.
   */
  claim(): boolean;
}
