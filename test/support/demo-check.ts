import type { Step } from './demo-steps.ts';
import type { Frame } from './server-process.ts';

/** Reads the answer to a step's request, in a few words. @throws Error that says what is wrong with the answer */
export function readAnswer({ refusedWith, read }: Step, answer: Frame, id: number): string {
  requireEqual('"jsonrpc"', answer.jsonrpc, '2.0');
  requireEqual('the id', answer.id, id);
  requireEqual('the error code', answer.error?.code, refusedWith);
  try {
    return read?.(answer.error ?? answer.result) ?? '';
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new Error(`Expected an answer of another shape, got ${shown(answer)}`, { cause: error });
  }
}

/** @throws Error that names `what` and both values, unless they are equal as JSON */
export function requireEqual(what: string, actual: unknown, expected: unknown): void {
  if (JSON.stringify(actual) === JSON.stringify(expected)) return;
  throw new Error(`Expected ${what} to be ${shown(expected)}, got ${shown(actual)}`);
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
