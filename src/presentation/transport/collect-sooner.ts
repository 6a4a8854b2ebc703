/** Bytes of a message that leaves garbage of some times its size: its text, its values, its answer. */
export const LONG_MESSAGE = 1024 * 1024;

let isAsked = false;

/**
 * Lets V8 collect garbage before the heap has grown by a tenth, from the first long message on. By itself it waits until some
 * hundreds of megabytes have piled up, of eight such messages as of one.
 */
export function collectSooner(): void {
  if (isAsked) return;
  isAsked = true;
  process.getBuiltinModule('node:v8').setFlagsFromString('--heap-growing-percent=10');
}
