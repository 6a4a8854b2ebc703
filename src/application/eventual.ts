/**
 * A result that is there already, or will be. What needs no waiting isn't made to wait: at thousands of calls an iteration of the
 * event loop, a handful of promises for each costs more than the work itself.
 */
export type Eventual<T> = T | Promise<T>;

/** Goes on with the result: at once where it is there. */
export function andThen<T, R>(eventual: Eventual<T>, next: (value: T) => Eventual<R>): Eventual<R> {
  return eventual instanceof Promise ? eventual.then(next) : next(eventual);
}

/** Gives the result of `start`, or of `recover` if it fails by throwing or rejecting. */
export function orElse<T>(start: () => Eventual<T>, recover: (error: unknown) => Eventual<T>): Eventual<T> {
  try {
    const eventual = start();
    return eventual instanceof Promise ? eventual.catch(recover) : eventual;
  } catch (error) {
    return recover(error);
  }
}

/** Gives the result of `start`, or fails as it does; tells the observer which of the two it was. */
export function observed<T>(
  start: () => Eventual<T>,
  { done, failed }: { readonly done: (value: T) => void; readonly failed: (error: unknown) => void },
): Eventual<T> {
  const pass = (value: T) => {
    done(value);
    return value;
  };
  const rethrow = (error: unknown): never => {
    failed(error);
    throw error;
  };
  return andThen(orElse(start, rethrow), pass);
}
