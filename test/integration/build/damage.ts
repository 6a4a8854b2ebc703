/** A damage to an executable, and its sign. */
export interface Damage {
  /** Gets a copy; returns it, or another. */
  readonly damage: (file: Buffer) => Buffer;
  readonly problem: RegExp;
}

export type Damages = Readonly<Record<string, Damage>>;

/** A damage that changes the copy itself. */
export function change(change: (file: Buffer) => void): Damage['damage'] {
  return (file) => {
    change(file);
    return file;
  };
}
