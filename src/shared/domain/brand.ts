declare const brand: unique symbol;

/** A primitive that knows what it names, so that one id cannot be passed for another. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };
