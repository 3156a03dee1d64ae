/** What is known of a golden storage. */
export interface GoldenFacts {
  readonly made: string;
  readonly password: string;
  readonly recoveryKey: string;
  /** Where the sources lay when it was made. */
  readonly data: string;
  /** Oldest first: path below `data` → SHA-256. */
  readonly moments: readonly { readonly at: string; readonly files: Readonly<Record<string, string>> }[];
}
