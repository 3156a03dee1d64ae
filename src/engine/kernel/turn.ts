/** Lets everything else that waits have its turn: long synchronous work calls this between its pieces, so that it can be stopped. */
export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
