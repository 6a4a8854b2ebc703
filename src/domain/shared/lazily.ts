/** Makes a value at the first call, and keeps it: a promise, too, and so also one that failed. */
export function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
