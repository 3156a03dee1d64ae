import type { Brand } from './brand.ts';

/** 20 characters of lower-case Crockford base32: 100 random bits. An unambiguous prefix is enough on the command line. */
export type StorageId = Brand<string, 'StorageId'>;
export type SourceId = Brand<string, 'SourceId'>;
export type JobId = Brand<string, 'JobId'>;
export type RunId = Brand<string, 'RunId'>;
/** Means something while the engine is open. */
export type SurveyId = Brand<string, 'SurveyId'>;
/** Given to an item when it is first seen and kept for ever, wherever the item moves. A folder is an item, too. */
export type ItemId = Brand<string, 'ItemId'>;
/** An exception from retention. */
export type HoldId = Brand<string, 'HoldId'>;
/** A source, or all, of which nothing is removed until somebody answers. */
export type FreezeId = Brand<string, 'FreezeId'>;
/** What a sign-in in the browser brought, until a source has it. */
export type GrantId = Brand<string, 'GrantId'>;
/** Of something that was told, and of a way to tell. */
export type AlertId = Brand<string, 'AlertId'>;
export type ChannelId = Brand<string, 'ChannelId'>;
/** A line of the record of who did what. */
export type ActId = Brand<string, 'ActId'>;
/** Something of a person's own that a job does. */
export type ActionId = Brand<string, 'ActionId'>;
/** `<item id>.<version number>`; versions of an item count from 1 without gaps. */
export type TransactionId = Brand<string, 'TransactionId'>;

/** 64 lower-case hex digits: the SHA-256 of the pack file's bytes. */
export type PackId = Brand<string, 'PackId'>;
/** 64 lower-case hex digits: the SHA-256 of the commit file's bytes. */
export type CommitId = Brand<string, 'CommitId'>;
/** 64 lower-case hex digits: keyed BLAKE2b-256 of the chunk's plain bytes. Means something only inside its storage. */
export type ChunkId = Brand<string, 'ChunkId'>;
/** Like a chunk id, of an item's whole content; equal to the chunk id where the content is a single chunk. */
export type ContentDigest = Brand<string, 'ContentDigest'>;

export const transactionId = (item: ItemId, version: number): TransactionId => `${item}.${version}` as TransactionId;
