import path from 'node:path';
import { StrataError } from '../../../shared/domain/strata-error.ts';
import type { RunContext } from '../../kernel/run-context.ts';
import type { Destination, DestinationSession, Found, PlaceLimits, RestoreItem, Standing, Written } from '../destination.ts';
import { asItemFailure, forItem } from '../destination-failure.ts';
import { giveName, takeBack } from '../destination-naming.ts';
import { Tree } from '../destination-tree.ts';
import { beginFile } from './destination-file.ts';
import { basePath, type DiskPlace } from './destination-place.ts';
import { DiskSession } from './destination-session.ts';
import { type PocketEntry, pocketLimits, pocketPage, pocketPolicy, readPocketPage } from './pocket-page.ts';
import { headBytes, pocketText } from './pocket-text.ts';

export interface PocketPlace extends DiskPlace {
  /** A folder below `items` for this source alone: one archive may hold several. */
  readonly below?: string;
}

const pageName = 'index.html';
const unfinished = '.strata-pocket.part';
/** Larger than any page that is made here. */
const largestPageBytes = 512 * 1024 * 1024;

/**
 * A folder for keeping: `items` with the plain files (messages as `.eml`, events, tasks and notes as `.ics`, contacts as `.vcf`, files as
 * they were) and `index.html`, which finds and shows what they say in any browser, without us and without a network.
 *
 * The page is made last, aside, and named when it is whole; what an earlier run put into the archive stays listed. A page that is
 * somebody else's is never touched: then nothing is begun.
 */
export const pocketDestination = (place: PocketPlace): Destination => ({
  label: basePath(place),
  open: async (run) => {
    const session = new PocketSession(place, run);
    session.refuseForeignPage();
    return session;
  },
});

class PocketSession implements DestinationSession {
  readonly #place: PocketPlace;
  readonly #root: string;
  readonly #inner: DiskSession;
  readonly #entries = new Map<string, PocketEntry>();

  constructor(place: PocketPlace, run: RunContext) {
    this.#place = place;
    this.#root = basePath(place);
    this.#inner = new DiskSession({ ...place, path: path.join(this.#root, ...this.#above()), restoreRoot: null }, 'all', run);
  }

  refuseForeignPage(): void {
    this.#withRoot('find', (directory) => directory && this.#written(directory.at(pageName)));
  }

  /** What is there already is in the page as well. */
  async probe(item: RestoreItem): Promise<Found> {
    const found = await this.#inner.probe(item);
    if (found === 'identical') await forItem(item, () => this.#note(item, headOf(item)));
    return found;
  }

  look(item: RestoreItem): Promise<Standing> {
    return this.#inner.look(item);
  }

  limits(item: RestoreItem): Promise<PlaceLimits> {
    return this.#inner.limits(item);
  }

  async write(item: RestoreItem, how: 'create' | 'replace'): Promise<Written> {
    const { content } = item;
    const head: Uint8Array[] = [];
    const written = await this.#inner.write(content ? { ...item, content: () => listened(content(), head) } : item, how);
    await this.#note(item, Promise.resolve(Buffer.concat(head)));
    return written;
  }

  async finish(run: RunContext): Promise<void> {
    await this.#inner.finish(run);
    const policy = await pocketPolicy();
    try {
      const unlisted = this.#withRoot('make', (directory) => directory && this.#writePage(directory, policy));
      if (unlisted) {
        const facts = { count: unlisted, limit: pocketLimits.entries };
        const failure = { code: 'restore.page-full', retry: 'never', facts } as const;
        run.progress.problem({ failure, source: '', folder: '', item: pageName, atMs: run.clock.nowMs() });
      }
    } catch (error) {
      throw asItemFailure(error, pageName);
    }
  }

  close(): Promise<void> {
    return this.#inner.close();
  }

  #above(): string[] {
    const { below } = this.#place;
    return ['items', ...(below === undefined ? [] : [below])];
  }

  async #note(item: RestoreItem, head: Promise<Uint8Array>): Promise<void> {
    const { manifest, folderPath } = item;
    const spot = this.#inner.placeOf(item);
    if (spot === undefined || manifest.kind === 'folder') return;
    const { title, from, to, timeMs } = manifest.summary;
    const names = [...this.#above(), ...spot.folders, spot.name];
    this.#entries.set(names.join('/'), {
      path: names,
      kind: manifest.kind,
      folder: [this.#place.below, ...folderPath].filter(Boolean).join('/'),
      title: title === '' ? spot.name : title,
      from: from ?? '',
      to: to ?? '',
      timeMs: timeMs ?? null,
      sizeBytes: manifest.sizeBytes,
      text: await pocketText(manifest, await head),
    });
  }

  #withRoot<T>(how: 'find' | 'make', act: (directory: ReturnType<Tree['find']>) => T): T {
    const tree = new Tree(this.#place.files, this.#root, 0o700);
    try {
      return act(how === 'find' ? tree.find([]) : tree.make([], () => undefined));
    } finally {
      tree.close();
    }
  }

  /** What the page that is there lists; undefined: there is none. */
  #written(page: string): readonly PocketEntry[] | undefined {
    const { files } = this.#place;
    const there = files.lstat(page);
    if (there === undefined) return undefined;
    const isOurs = there.type === 'file' && there.sizeBytes <= largestPageBytes;
    const entries = isOurs ? readPocketPage(new TextDecoder().decode(files.readWhole(page))) : undefined;
    if (entries === undefined)
      throw new StrataError('restore.page-in-the-way', 'after-user-action', { path: path.join(this.#root, pageName) });
    return entries;
  }

  /** How many are not in it. */
  #writePage(directory: NonNullable<ReturnType<Tree['find']>>, policy: string): number {
    const { files } = this.#place;
    const page = directory.at(pageName);
    const before = this.#written(page);
    const all = new Map((before ?? []).map((entry) => [entry.path.join('/'), entry]));
    for (const [key, entry] of this.#entries) all.set(key, entry);
    const listed = shortened([...all.values()].slice(0, pocketLimits.entries));
    const aside = directory.at(unfinished);
    directory.confirm();
    const handle = beginFile(aside, files);
    try {
      try {
        for (const piece of pocketPage(listed, all.size - listed.length, policy)) handle.write(Buffer.from(piece));
        handle.sync();
      } finally {
        handle.close();
      }
      directory.confirm();
      giveName(aside, page, before === undefined ? 'create' : 'replace', files);
    } catch (error) {
      takeBack(aside, files);
      throw error;
    }
    return all.size - listed.length;
  }
}

/** Once all texts together are as long as a page can be, the others are listed without theirs. */
function shortened(entries: readonly PocketEntry[]): readonly PocketEntry[] {
  let left: number = pocketLimits.textCharacters;
  return entries.map((entry) => {
    left -= entry.text.length;
    return left < 0 ? { ...entry, text: '' } : entry;
  });
}

async function* listened(content: AsyncIterable<Uint8Array>, head: Uint8Array[]): AsyncIterable<Uint8Array> {
  let length = 0;
  for await (const chunk of content) {
    if (length < headBytes) head.push(Buffer.from(chunk.subarray(0, headBytes - length)));
    length += chunk.length;
    yield chunk;
  }
}

async function headOf({ content }: RestoreItem): Promise<Uint8Array> {
  const head: Uint8Array[] = [];
  let length = 0;
  if (content === undefined) return new Uint8Array();
  for await (const chunk of content()) {
    head.push(Buffer.from(chunk.subarray(0, headBytes - length)));
    length += chunk.length;
    if (length >= headBytes) break;
  }
  return Buffer.concat(head);
}
