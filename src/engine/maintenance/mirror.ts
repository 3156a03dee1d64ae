import type { ArchiveChoice } from '../../shared/domain/archive.ts';
import type { Commit, CommitDraft, CommitOrigin } from '../../shared/domain/commit.ts';
import type { ContentDigest } from '../../shared/domain/ids.ts';
import type { ContentPart, Manifest } from '../../shared/domain/item.ts';
import { Cancelled, StrataError } from '../../shared/domain/strata-error.ts';
import type { Catalog } from '../catalog/index.ts';
import { type RunContext, stopIfCancelled } from '../kernel/run-context.ts';
import type { Storage, StorageLock, StorageWriter, StoredContent } from '../storage/index.ts';
import { ArchivePart, concerns, refuseOtherChoice } from './archive-part.ts';
import { verifyHead } from './verify-head.ts';

/** A storage with its catalog, up to date. */
export interface MirrorSide {
  readonly storage: Storage;
  readonly catalog: Pick<Catalog, 'apply' | 'locate' | 'version'>;
}

export interface MirrorInput {
  readonly origin: MirrorSide;
  readonly mirror: MirrorSide;
  /** To write to the mirror. */
  readonly lock: StorageLock;
  /** Of an archive: what it takes. */
  readonly only?: ArchiveChoice | undefined;
}

/** So many manifests are ordered by where their contents lie, and are in memory. */
const windowItems = 4096;
/** Above it a content is passed on in pieces. */
const wholeBytes = 1024 * 1024;

/**
 * The commit of the origin that the mirror repeated last; null: none yet. Fails with `mirror.not-empty` where something else was
 * backed up into it, with `mirror.origin-differs` where the origin has another history than the one that was repeated, and with
 * `archive.other-choice` where it was begun with another choice.
 */
export function lastMirrored(origin: Storage, mirror: Storage, only?: ArchiveChoice): CommitOrigin | null {
  const isForeign = (): boolean =>
    mirror.newest(({ kind, origin: from }) =>
      kind === 'full' || kind === 'checkpoint' ? from?.storage !== origin.header.id : undefined,
    ) ?? false;
  const facts = { name: mirror.header.name };
  if (isForeign()) throw new StrataError('mirror.not-empty', 'after-user-action', facts);
  const last = mirror.newest(({ origin: from }) => from) ?? null;
  if (last !== null && origin.idAt(last.sequence) !== last.id) {
    throw new StrataError('mirror.origin-differs', 'after-user-action', facts);
  }
  if (last !== null) refuseOtherChoice(mirror, last.only, only);
  return last;
}

/** What removes is not: a mirror has rules of its own. */
export const isRepeated = (commit: Commit, only?: ArchiveChoice): boolean =>
  ['full', 'checkpoint', 'hold', 'restore'].includes(commit.kind) && concerns(commit, only);

/** Commits of the origin that the mirror lacks, in order. */
export function* lackingCommits(origin: Storage, mirror: Storage, only?: ArchiveChoice): Generator<Commit> {
  for (const commit of origin.commits(lastMirrored(origin, mirror, only)?.sequence ?? 0)) {
    if (isRepeated(commit, only)) yield commit;
  }
}

/**
 * Repeats in the mirror, commit by commit, what the origin committed since the last time. Broken off anywhere, the mirror holds all
 * commits that were repeated, and the next time goes on after them. Damage of the origin ends it: a commit is repeated whole or not.
 */
export async function runMirror(input: MirrorInput, run: RunContext): Promise<'complete' | 'stopped'> {
  const writer = input.mirror.storage.writer(input.lock, input.mirror.catalog);
  try {
    const part = new ArchivePart(input.only, input.origin.catalog);
    const lacking = [...lackingCommits(input.origin.storage, input.mirror.storage, input.only)];
    run.progress.phase('comparing');
    const [items, bytes] = measure(input.origin.storage, lacking, part, run);
    run.progress.phase('copying');
    run.progress.total(items, bytes);
    const repeating = new Repeating(input, part, writer, run);
    for (const commit of lacking) {
      if (run.finishSoon.aborted) return 'stopped';
      await repeating.commit(commit);
    }
    run.progress.phase('finishing');
    verifyHead(input.mirror.storage);
    return 'complete';
  } finally {
    writer.abandon();
  }
}

function measure(
  origin: Storage,
  commits: readonly Commit[],
  part: ArchivePart,
  run: RunContext,
): [items: number, bytes: number] {
  let items = 0;
  let bytes = 0;
  for (const commit of commits) {
    stopIfCancelled(run);
    for (const manifest of part.of(origin.contents(commit, 'fail').manifests)) {
      items += 1;
      bytes += manifest.sizeBytes;
    }
  }
  return [items, bytes];
}

class Repeating {
  readonly #input: MirrorInput;
  readonly #part: ArchivePart;
  readonly #writer: StorageWriter;
  readonly #run: RunContext;
  /** What the mirror calls the contents of the window at hand. */
  #stored = new Map<ContentDigest, StoredContent>();

  constructor(input: MirrorInput, part: ArchivePart, writer: StorageWriter, run: RunContext) {
    this.#input = input;
    this.#part = part;
    this.#writer = writer;
    this.#run = run;
  }

  async commit(commit: Commit): Promise<void> {
    const { origin, mirror } = this.#input;
    if (this.#part.isNothingOf(commit, origin.storage.contents(commit, 'fail').manifests)) return;
    let window: Manifest[] = [];
    for (const manifest of this.#part.of(origin.storage.contents(commit, 'fail').manifests)) {
      window.push(manifest);
      if (window.length < windowItems) continue;
      await this.#copy(window);
      window = [];
    }
    await this.#copy(window);
    const contents = await this.#writer.commit(repeated(commit, this.#part), this.#run);
    mirror.catalog.apply(contents);
    this.#run.progress.stored(this.#writer.storedBytes);
    this.#run.log.info('mirrored', { sequence: commit.sequence, as: contents.commit.sequence });
  }

  /** Contents in the order in which they lie, so that a bundle is opened once; manifests in the order in which they were added. */
  async #copy(window: readonly Manifest[]): Promise<void> {
    this.#stored = new Map();
    const parts = window.flatMap((manifest) => manifest.contents.map((part) => ({ manifest, part, at: this.#placeOf(part) })));
    for (const { manifest, part } of parts.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))) {
      stopIfCancelled(this.#run);
      if (this.#run.finishSoon.aborted) throw new Cancelled('stopped');
      if (this.#stored.has(part.digest)) continue;
      this.#run.progress.current(manifest.name);
      this.#stored.set(part.digest, this.#carriedOver(manifest, part) ?? (await this.#store(manifest, part)));
    }
    for (const manifest of window) {
      this.#writer.add({ ...manifest, contents: manifest.contents.map((part) => this.#renamed(part)) });
      this.#run.progress.count('new');
      this.#run.progress.done(1, manifest.sizeBytes);
    }
  }

  #placeOf({ chunks: [first] }: ContentPart): string {
    const at = first === undefined ? undefined : this.#input.origin.catalog.locate(first);
    return at === undefined
      ? ''
      : `${at.pack} ${String(at.recordOffset).padStart(12, '0')} ${String(at.offset).padStart(12, '0')}`;
  }

  /** Where only metadata changed, the mirror has the content since the version before, and it need not be read. */
  #carriedOver({ item, version }: Manifest, { part, digest }: ContentPart): StoredContent | undefined {
    if (version === 1) return undefined;
    const { origin, mirror } = this.#input;
    const named = (manifest: Manifest | undefined): ContentPart | undefined =>
      manifest?.contents.find((other) => other.part === part);
    if (named(origin.catalog.version(item, version - 1))?.digest !== digest) return undefined;
    return named(mirror.catalog.version(item, version - 1));
  }

  async #store({ source }: Manifest, part: ContentPart): Promise<StoredContent> {
    const { origin } = this.#input;
    const chunks = origin.storage.read(part, origin.catalog);
    if (part.sizeBytes > wholeBytes) return this.#writer.store({ kind: 'stream', chunks }, source);
    const pieces: Uint8Array[] = [];
    for await (const piece of chunks) pieces.push(piece);
    return this.#writer.store({ kind: 'bytes', bytes: Buffer.concat(pieces) }, source);
  }

  #renamed({ part, digest }: ContentPart): ContentPart {
    const stored = this.#stored.get(digest);
    if (stored === undefined) throw new Error('a content that was not stored');
    return { part, digest: stored.digest, sizeBytes: stored.sizeBytes, chunks: stored.chunks };
  }
}

/** The counts are those of the cycle, whatever of it is taken. */
function repeated(commit: Commit, part: ArchivePart): CommitDraft {
  const { kind, run, job, atMs, counts } = commit;
  const { sources, completeSources, cursors } = part.sources(commit);
  return {
    ...{ kind, run, job, atMs, sources, completeSources, cursors, counts },
    ...part.acts(commit),
    origin: { storage: commit.storage, sequence: commit.sequence, id: commit.id, ...part.said },
  };
}

/** The bytes of one part of a version as the mirror holds them, checked; undefined: it does not. For who repairs the origin. */
export function contentFrom(
  { storage, catalog }: MirrorSide,
  wanted: Pick<Manifest, 'item' | 'version'> & Pick<ContentPart, 'part'>,
): AsyncIterable<Uint8Array> | undefined {
  const part = catalog.version(wanted.item, wanted.version)?.contents.find((other) => other.part === wanted.part);
  return part === undefined ? undefined : storage.read(part, catalog);
}
