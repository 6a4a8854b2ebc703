declare const brand: unique symbol;

/** A primitive that has been given a meaning, so that a session's id can't be passed for an event's. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };
