import type { OptionName } from './option-table.ts';

/** The operand behind the command, by its place. */
export interface OperandRow {
  readonly name: string;
  readonly required: boolean;
  /** Only the last operand can be. */
  readonly repeated: boolean;
}

export interface CommandRow {
  /** The effect of the command, in the imperative. */
  readonly summary: string;
  readonly operands: readonly OperandRow[];
  readonly options: readonly OptionName[];
  /** Lines at the end of the help. */
  readonly details: readonly string[];
  /** Lines to type, and their effects. */
  readonly examples: readonly (readonly [typed: string, does: string])[];
}
