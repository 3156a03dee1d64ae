/**
 * The format on disk: bytes to values and back. docs/format describes every byte and why.
 *
 * Promises: no I/O, no clock, no key, nothing of Node. Every limit holds before anything is allocated. Bytes that are not as
 * described give `storage.damaged` (STORAGE, slots, commits), `storage.record-damaged` (packs), `storage.limit-exceeded` or
 * `storage.newer-format`, never a wrong value and never another error.
 * Refuses to encrypt, to compress, and to believe: what came off a target is a claim until the crypto room has opened it.
 */
export {
  type Body,
  bodyBytes,
  bodyPrefixBytes,
  type Compression,
  encodeBody,
  frameBody,
  parseBody,
} from './body.ts';
export { type BundledChunk, bundleTableBytes, encodeBundleTable, type PlacedChunk, parseBundle } from './bundle.ts';
export { Chunker } from './chunker.ts';
export { type ChunkerParameters, defaultChunking } from './chunker-parameters.ts';
export {
  type CommitHead,
  type CommitPayload,
  commitOf,
  encodeCommitHead,
  encodeCommitPayload,
  joinCommit,
  type ManifestRoot,
  type ParsedCommit,
  parseCommit,
  parseCommitPayload,
} from './commit.ts';
export { type Complaint, fileComplaint, type Origin, recordComplaint } from './damage.ts';
export { encodeFooter, type FooterEntry, type PlacedEntry, parseFooter } from './footer.ts';
export {
  encodeHeader,
  type Features,
  type Header,
  joinHeader,
  knownFeatures,
  type ParsedHeader,
  parseHeader,
  requireKnownFeatures,
  formatVersion,
} from './header.ts';
export { limits } from './limits.ts';
export { eachManifest, encodeManifest, joinManifests, parseManifests } from './manifest.ts';
export {
  commitCopyName,
  commitName,
  copyName,
  headerNames,
  packName,
  parseCommitCopyName,
  parseCommitName,
  parsePackName,
  parseSlotName,
  slotName,
} from './names.ts';
export {
  encodePackHeader,
  encodePackTrailer,
  footerBodyBytes,
  type PackHeader,
  type PackTrailer,
  packGrain,
  packHeaderBytes,
  packTrailerBytes,
  parsePackHeader,
  parsePackTrailer,
} from './pack.ts';
export {
  encodeRecordHeader,
  footerId,
  parseRecordHeader,
  purposeOf,
  type RecordHeader,
  type RecordType,
  recordHeaderBytes,
  tagBytes,
} from './record.ts';
export {
  type ArgonCost,
  decodeSlotNote,
  encodeSlotHead,
  encodeSlotNote,
  joinSlot,
  type ParsedSlot,
  parseSlot,
  type SlotHead,
  type SlotKind,
} from './slot.ts';
export { type FoundRecord, walkPack } from './walk.ts';
