/** The only way to know the time or to wait. Tests inject one that they move by hand. */
export interface Clock {
  /** Wall clock, ms since 1970. May jump; never compared with another machine's. */
  nowMs(): number;
  /** Never runs backwards; counts from an arbitrary moment. May stand still while the machine sleeps. */
  monotonicMs(): number;
  /** Resolves after the time, or at once when the signal is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Calls again and again until the returned function is called. Does not keep the process alive. */
  every(ms: number, action: () => void): () => void;
}
