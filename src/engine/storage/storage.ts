import type {
  ChunkLocation,
  Commit,
  CommitContents,
  CommitDraft,
  CommitWriter,
  PackSummary,
  RecordedManifests,
} from '../../shared/domain/commit.ts';
import type { ChunkId, CommitId, ContentDigest, PackId, StorageId } from '../../shared/domain/ids.ts';
import type { ContentPart, Manifest, Summary } from '../../shared/domain/item.ts';
import type { CheckLevel, CheckReport } from '../../shared/domain/run.ts';
import type { StrataError } from '../../shared/domain/strata-error.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Content } from '../kernel/content.ts';
import type { Describe } from '../kernel/describe.ts';
import type { FileSystem } from '../kernel/file-system.ts';
import type { Log } from '../kernel/log.ts';
import type { Machine } from '../kernel/machine.ts';
import type { Random } from '../kernel/random.ts';
import type { RunContext } from '../kernel/run-context.ts';
import type { ArgonCost } from '../crypto/index.ts';
import type { ChunkerParameters } from '../format/index.ts';
import type { LockMode, LockPurpose, Whereabouts } from './lock-file.ts';
import type { PackReading } from './pack-check.ts';
import type { PackSizes } from './pack-sizes.ts';
import type { GivenAnswer } from './reader-messages.ts';
import type { Removal, TrashFolder } from './removal/removal.ts';
import type { RepairOptions, Repaired } from './repair/repair.ts';

export interface StorageDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly machine: Machine;
  readonly log: Log;
  /** Where `Content` of kind `file` is read from. */
  readonly files: FileSystem;
  readonly describe: Describe;
  readonly appVersion: string;
  /** How fast a writer may go, asked again and again; undefined, or null: as fast as it goes. */
  readonly limits?: () => { readonly writeBytesPerSecond: number | null; readonly itemsPerSecond: number | null };
  /** Undefined: the calling thread does it all. */
  readonly workers?: PackingThreads;
  /** Undefined: the calling thread reads by itself. */
  readonly readers?: ReadingThreads;
  /** Smaller ones for tests. */
  readonly sizes?: PackSizes;
  /** Why nothing may be written to this storage here, whoever asks; undefined: it may. Asked before each lock that is not for reading. */
  readonly refusesWriting?: () => StrataError | undefined;
  /** Told before somebody in this process asks for a lock, so that who only reads a little in between gets out of the way. */
  readonly beforeLock?: (purpose: LockPurpose) => void;
}

export interface PackingThreads {
  readonly count: number;
  /** The file that a thread starts from. */
  readonly entry: URL;
  /** How much a writer takes in before it starts them. Undefined: more than it packs in the time that starting takes. */
  readonly afterBytes?: number;
}

export interface ReadingThreads {
  readonly count: number;
  /** The file that a thread starts from. It brings the receiver of whatever is given. */
  readonly entry: URL;
}

export interface NewStorage {
  readonly name: string;
  readonly password: string;
  /** What unlocking by password costs; undefined: about a second on this machine. Cheaper ones for tests. */
  readonly cost?: ArgonCost;
  readonly chunking?: ChunkerParameters;
}

/** What a person knows or has on paper. Changes of keys ask for it, however open the storage is. */
export type Proof =
  | { readonly by: 'password'; readonly password: string }
  | { readonly by: 'recovery-key'; readonly recoveryKey: string };

export type Unlock =
  | Proof
  /** What `addDevice` gave away: the system's keychain keeps it. Or the master keys, as `exportDeviceSecret` gives them to this process. */
  | { readonly by: 'device'; readonly secret: string };

/** 24 words, and the four characters that are printed on their sheet and shown nowhere else. */
export interface RecoverySheet {
  readonly recoveryKey: string;
  readonly checkCharacters: string;
}

/** One way to unlock a storage. */
export interface StorageKey {
  readonly slot: string;
  readonly kind: 'password' | 'recovery' | 'device';
  /** What a person called it; of a device the computer's name. May be empty. */
  readonly label: string;
  readonly createdAtMs: number;
  /** A newer password took its name: a change that broke off before the older one went. Both open the storage. */
  readonly isReplaced: boolean;
}

/** Readable without a key. */
export interface StorageHeader {
  readonly id: StorageId;
  readonly name: string;
  readonly format: number;
  readonly createdAtMs: number;
}

/** Where chunks are; the catalog answers it. Asked once per chunk while writing: must be fast. */
export interface ChunkLocator {
  locate(id: ChunkId): ChunkLocation | undefined;
  /**
   * The newest commit that it knows of; null: none. Nothing is committed upon another one, because what is stored was compared with
   * this state. Where it cannot tell, the newest commit counts that is there when the writer is made.
   */
  applied?(): { readonly id: CommitId | null };
}

/** Finds many at once; what is nowhere is not in the answer. */
export interface ChunkFinder {
  locateAll(ids: readonly ChunkId[]): ReadonlyMap<ChunkId, ChunkLocation>;
}

/** Names the items that need one of these chunks, or any chunk of one of these packs, which are gone with all that could be asked. */
export type Affected = (chunks: ReadonlySet<ChunkId>, lostPacks: ReadonlySet<PackId>) => string[];

/** Which packs a check reads whole, and who wants to know. */
export interface PackChoice {
  /** Asked at the levels `part` and `scrub`. */
  readonly choose?: (packs: readonly PackSummary[]) => ReadonlySet<PackId>;
  /** Told of each pack of which every byte was read, as soon as it was. */
  readonly onRead?: (pack: PackSummary, reading: PackReading) => void;
}

/** Reads packs whole, one at a time, and never writes. Damage is its answer. */
export interface PackRereader {
  read(pack: PackSummary): Promise<PackReading>;
  /** What is under way is not waited for. */
  close(): void;
}

export interface StoredContent {
  readonly digest: ContentDigest;
  readonly sizeBytes: number;
  readonly chunks: readonly ChunkId[];
  /** Of a file that has any, where they were asked for. */
  readonly attributes?: ReadonlyMap<string, Uint8Array> | undefined;
  /** Where it was to be described. */
  readonly summary?: Summary | undefined;
}

/** One writer per storage and process. Nothing that it stored is true before `commit`. */
export interface StorageWriter {
  /**
   * Chunks, deduplicates, seals. May resolve before the bytes are durable: `commit` waits for that.
   * Fails with `item.unreadable`, `item.changed-while-reading` or `item.too-large` for that item alone, or as its stream fails;
   * `disk.full` and the like end the run.
   * @param group Contents of different groups (sources) never share a compression frame, so that the size of none tells of another.
   */
  store(content: Content, group?: string): Promise<StoredContent>;
  add(manifest: Manifest): void;
  /** Bytes that went into packs since the writer was made, after compression. */
  readonly storedBytes: number;
  /** Everything stored and added since the last commit becomes true, or nothing does. */
  commit(draft: CommitDraft, run: RunContext): Promise<CommitContents>;
  /** Takes back what was not committed. Never throws. */
  abandon(): void;
}

/** Hands contents to a receiver in other threads, in the order in which they lie in the packs. */
export interface ContentGiver {
  /** Larger ones are better read piece by piece. */
  takes(part: ContentPart | undefined): boolean;
  /**
   * Tells once when the receiver is done with it, at the latest before `settled` resolves. A failure is that content's or its
   * order's own, `stopped` is what `stop` came before.
   */
  give(part: ContentPart | undefined, order: unknown, tell: (answer: GivenAnswer) => void): void;
  /** Whether it is time for `keepPace`. */
  readonly isBehind: boolean;
  /** Sends on what was given. Waits while the threads have enough to do. */
  keepPace(): Promise<void>;
  /** Everything that was given is answered. */
  settled(): Promise<void>;
  /** Nothing more is begun. */
  stop(): void;
  /** Ends the threads. */
  close(): void;
}

export interface StorageLock {
  /** Fails with `storage.lock-lost` when the lock is no longer ours. Asked before each commit. */
  assertHeld(): void;
  /** The same where the process may have slept since it saw its lock; else costs nothing. Asked before each write. */
  assertAwake(): void;
  release(): void;
}

/** A lock as it is shown to a person. Null: its file is no whole lock. */
export interface LockSight {
  readonly name: string;
  readonly purpose: LockPurpose | null;
  readonly mode: LockMode | null;
  readonly hostName: string | null;
  /** By the holder's clock. */
  readonly sinceMs: number | null;
  readonly holder: Whereabouts | 'unreadable';
}

export interface Storage {
  readonly header: StorageHeader;
  /** 64 hex digits for the catalog's cipher. */
  catalogKey(): string;
  /** The master keys, for this process alone: what opens for ever must not be kept. */
  exportDeviceSecret(): string;
  /** The slot that opened it; undefined: the master keys did. */
  readonly openedBy: string | undefined;
  /** Whether no new master key was made since it was opened. */
  hasNewestKey(): boolean;
  /** Every way to unlock it. */
  keySlots(): StorageKey[];
  /**
   * One more way to unlock it, for this computer's keychain. Gives the slot. The secret is kept before the slot is made: a keychain
   * that refuses leaves nothing in the storage.
   */
  addDevice(label: string, keep: (secret: string) => Promise<void>): Promise<string>;
  /**
   * `read` (restore, check, rebuild) goes beside anything but `exclusive`; `write` (backup) beside `read` only; `exclusive`
   * (prune, purge, repair, keys) beside nothing. Fails with `storage.locked`, naming purpose, machine and since when; with
   * `storage.key-renewed` where the storage got a new master key since it was opened; and but for reading and adopting, with
   * `storage.owned-elsewhere`, or `storage.adopted-away` where this installation wrote before, naming the owner; for a backup with
   * `storage.nearly-full` where the disk might be full before it ends. On a full disk the ballast makes room for all others.
   */
  lock(purpose: LockPurpose, mode: LockMode): StorageLock;
  /** Fails where `lock` would for writing, whoever holds a lock now. */
  assertWritable(): void;
  /** Waits where `lock` refuses, and shows in the run's progress for whom. Stopping the run ends it with `Cancelled`. */
  lockWhenFree(purpose: LockPurpose, mode: LockMode, run: RunContext): Promise<StorageLock>;
  /** Whoever works on the storage now, or did when he died. */
  locks(): LockSight[];
  /** Takes away a lock that a person says is nobody's. Fails with `storage.locked` when its process is alive on this computer. */
  clearLock(name: string): void;
  /**
   * In order of sequence, authenticated and chained; `after` 0: all. Reads the commit files anew.
   * @param known The id of the commit `after`, by whoever remembers it: that one is not read, and may be lost.
   */
  commits(after: number, known?: CommitId): Iterable<Commit>;
  /**
   * What is left of it now: packs that a later commit took out of use are left out, and manifests come from where they lie now.
   * What the acts of its own commit say is the caller's to apply.
   * @param damage `skip`: what is damaged is left out, so that all else stays within reach. `fail`: reading its manifests throws.
   */
  contents(commit: Commit, damage?: 'skip' | 'fail'): CommitContents;
  /** @param recorded Is told of each record of manifests when it has been sealed; the bytes are his. */
  writer(lock: StorageLock, locator: ChunkLocator, recorded?: (record: RecordedManifests) => void): StorageWriter;
  /** What changes the storage beyond adding to it; the lock is exclusive. */
  removal(lock: StorageLock): Removal;
  /**
   * Saves what is left of what is damaged, in new packs, and puts the rest away, deleting nothing. What is nowhere any more is known to
   * be lost from then on, and is stored anew when a cycle meets it. The lock is exclusive and was taken for a repair, but where nothing
   * is changed. Fails with `storage.damaged` where a commit is gone with its copy, with `storage.no-room-to-repair`, or as writing does;
   * then all is as it was. Caller's duty: catching up the catalog, and making a new one where manifests were lost.
   */
  repair(lock: StorageLock, options: RepairOptions, run: RunContext): Promise<Repaired>;
  /** What waits in the trash, oldest first. */
  trash(): TrashFolder[];
  /** Yields the content of one part. The last piece comes only after the whole was checked against its digest. */
  read(part: ContentPart, locator: ChunkLocator): AsyncIterable<Uint8Array>;
  /** Undefined where there are no threads for it. Its owner closes it. */
  giver(finder: ChunkFinder): ContentGiver | undefined;
  /** Fails only when checking itself is impossible; damage is in the report. */
  check(level: CheckLevel, affected: Affected, run: RunContext, choice?: PackChoice): Promise<CheckReport>;
  /** For who reads a little at a time. In another thread where there is one for it. Its owner closes it. */
  rereader(): PackRereader;
  /** The id of the commit of that number; undefined where it cannot be read. */
  idAt(sequence: number): CommitId | undefined;
  /** The first answer, from the newest commit back. A damaged commit gives none. */
  newest<T>(answer: (commit: Commit) => T | undefined): T | undefined;
  /** The installation that the storage belongs to; undefined: to whoever writes first. */
  owner(): CommitWriter | undefined;
  /** Sequence and id of the newest commit; null before the first. */
  head(): { readonly sequence: number; readonly id: CommitId } | null;
  /** Wipes the keys. */
  close(): void;
}
