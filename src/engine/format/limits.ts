const mebibyte = 1024 * 1024;

/**
 * What a reader believes at most, checked before anything is allocated. A writer stays below them, so a file that claims
 * more was not written by Strata. Each figure and its reason: docs/format/limits.md.
 */
export const limits = {
  /** A whole record in its pack, header and tag included. */
  recordBytes: 64 * mebibyte,
  /** What a record's body may claim to unpack to. */
  plainBytes: 64 * mebibyte,
  packBytes: 256 * mebibyte,
  recordsPerPack: 65_536,
  /** Chunks of one content: 1 M of about 1.2 MiB are 1.2 TiB, and their ids just fit into one record of manifests. */
  chunksPerContent: 1_000_000,
  contentsPerManifest: 1_000,
  /** Of one item, hidden by one commit. A writer spreads more over several commits. */
  versionsPerCommit: 250_000,
  commitBytes: 64 * mebibyte,
  headerBytes: 4096,
  nameBytes: 400,
  slotBytes: 65_536,
  keysPerSlot: 64,
  slots: 256,
  slotNoteBytes: 96,
  /** zstd refuses frames that want a larger window: 2^27 = 128 MiB. */
  zstdWindowLog: 27,
} as const;
