let isAsked = false;

/**
 * Lets V8 collect garbage before the heap has grown by a tenth, from the first long message on: each leaves some times its size,
 * as its text, its values and its answer. By itself it waits until some
 * hundreds of megabytes have piled up, of eight such messages as of one.
 */
export function collectSooner(): void {
  if (isAsked) return;
  isAsked = true;
  process.getBuiltinModule('node:v8').setFlagsFromString('--heap-growing-percent=10');
}
