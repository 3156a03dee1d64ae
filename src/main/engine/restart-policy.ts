/** When a crashed engine is started again. A native module that crashes at its first use would otherwise do so six times a second. */
export interface RestartPolicy {
  /** How long to wait before the next start; undefined: it died too often, a person must decide. */
  afterCrash(livedMs: number): number | undefined;
  /** A person decided. */
  reset(): void;
}

/** The first restart comes at once: after a single crash nobody should notice. */
const waitsMs = [0, 500, 2_000, 8_000, 30_000] as const;
/** An engine that lived so long was fine: its crash is a first one again. */
const soundAfterMs = 60_000;

export function createRestartPolicy(): RestartPolicy {
  let crashes = 0;
  return {
    afterCrash(livedMs) {
      if (livedMs >= soundAfterMs) crashes = 0;
      return waitsMs[crashes++];
    },
    reset() {
      crashes = 0;
    },
  };
}
