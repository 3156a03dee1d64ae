/** How fast a server is asked, together for all that this program wants of the source; null: as fast as it answers. */
export interface SourceLimits {
  readonly requestsPerSecond: number | null;
  readonly bytesPerSecond: number | null;
}

/** Of a source on a server. Absent: no limits. */
export interface WithLimits {
  readonly limits?: SourceLimits | undefined;
}

export const noLimits: SourceLimits = { requestsPerSecond: null, bytesPerSecond: null };

/** Slower than that, an answer would not come to its end before the server gives up on whoever reads it. */
export const leastBytesPerSecond = 4096;
export const mostRequestsPerSecond = 1000;
