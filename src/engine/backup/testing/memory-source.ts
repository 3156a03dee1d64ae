import type { JsonValue } from '../../../shared/domain/json.ts';
import { StrataError } from '../../../shared/domain/strata-error.ts';
import { sha256Hex } from '../../crypto/index.ts';
import type { Content } from '../../kernel/content.ts';
import {
  type FolderScan,
  type FolderVisit,
  type KnownCursors,
  leftOutBySettings,
  type Reading,
  type Scope,
  type Sighting,
  type Source,
  type SourceSession,
  type Wanted,
} from '../../sources/source.ts';

interface MemoryItem {
  text: string;
  flags: string[];
  identity?: string;
  sizeBytes?: number;
  timeMs?: number;
}

/** A source that a test changes by hand, and that fails where the test says. Folder path → item key → item. */
export class MemorySource implements Source {
  readonly folders = new Map<string, Map<string, MemoryItem>>([['', new Map()]]);
  /** Folders that cannot be listed, and how. */
  readonly unreadable = new Map<string, 'at once' | 'in the middle'>();
  /** Path → `\Junk` and the like. */
  readonly uses = new Map<string, string>();
  /** Key → what the item is called, where that is not its key. */
  readonly titles = new Map<string, string>();
  /** Path → what the folder is known by, wherever it lies. */
  readonly folderIdentities = new Map<string, string>();
  /** Whether it says beforehand which of these are there. */
  knowsIdentities = true;
  /** Paths of folders that its settings leave out. */
  readonly leftOut = new Set<string>();
  /** Paths of folders of which all is left out that is in them. */
  readonly leftEmpty = new Set<string>();
  /** Key → the item's own time. */
  readonly times = new Map<string, number>();
  readonly unreadableItems = new Set<string>();
  /** The source hangs up when this item is read. */
  hangsUpAt: string | undefined;
  missing = false;
  /** Items that turn out to be another than was seen when their content is read, and the text that they have then. */
  readonly changing = new Map<string, string>();
  /** Other contents than ever before, of which nothing tells: a disk that forgets. */
  readonly rotten = new Map<string, string>();
  readonly #bytes = new Map<string, Uint8Array>();
  /** Every item whose content was read, in order. */
  readonly read: string[] = [];
  /** Called before each item is handed over. */
  beforeItem: (key: string) => void = () => undefined;
  /** Called before each folder is listed; what it throws ends the walk. */
  beforeFolder: (path: string) => Promise<void> = () => Promise.resolve();

  put(folder: string, key: string, text: string, flags: string[] = [], identity?: string): void {
    const parts = folder === '' ? [] : folder.split('/');
    parts.forEach((_, index) => {
      const path = parts.slice(0, index + 1).join('/');
      if (!this.folders.has(path)) this.folders.set(path, new Map());
    });
    this.folders.get(folder)?.set(key, { text, flags, ...(identity === undefined ? {} : { identity }) });
  }

  /** Contents that are no text. */
  putBytes(folder: string, key: string, bytes: Uint8Array, identity?: string): void {
    const label = `bytes ${this.#bytes.size + 1}`;
    this.#bytes.set(label, bytes);
    this.put(folder, key, label, [], identity);
  }

  remove(folder: string, key: string): void {
    this.folders.get(folder)?.delete(key);
  }

  removeFolder(folder: string): void {
    for (const path of [...this.folders.keys()]) if (path === folder || path.startsWith(`${folder}/`)) this.folders.delete(path);
  }

  #walking = 0;
  /** Whether it gives items out before all folders are listed. */
  readsWhileWalking = true;

  open(): Promise<SourceSession> {
    if (this.missing) return Promise.reject(new StrataError('source.missing', 'later', { path: 'memory' }));
    return Promise.resolve({
      capabilities: [],
      ...(this.readsWhileWalking ? { readsWhileWalking: true as const } : {}),
      walk: (known, _run, scope) => this.#walk(known, scope),
      folders: () => Promise.resolve([]),
      read: (folder, wanted) => this.#read(folder, wanted),
      leavesOut: (folder) => this.#leavesOut(folder.join('/')),
      close: () => (this.#walking > 0 ? Promise.reject(new Error('closed while it was walked')) : Promise.resolve()),
    });
  }

  async *#walk(known: KnownCursors, scope: Scope | undefined): AsyncIterable<FolderVisit> {
    this.#walking += 1;
    try {
      yield* this.#visits(known, scope);
    } finally {
      this.#walking -= 1;
    }
  }

  async *#visits(known: KnownCursors, scope: Scope | undefined): AsyncIterable<FolderVisit> {
    const identities = { ...(this.knowsIdentities && { identities: new Set(this.folderIdentities.values()) }) };
    for (const [path, items] of [...this.folders].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const leftOut = this.#leavesOut(path) ? { leftOut: leftOutBySettings } : {};
      if (this.#leavesOut(path) && known.tellsLeftOut !== true) continue;
      await this.beforeFolder(path);
      const specialUse = this.uses.get(path) ?? null;
      const parentKey = path === '' ? null : path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
      const folder = folderSighting(path, this.folderIdentities.get(path));
      if (this.unreadable.get(path) === 'at once') {
        yield {
          folder,
          parentKey,
          scan: undefined,
          problem: { code: 'folder.unreadable', retry: 'later', facts: { folder: path, reason: 'EACCES' } },
        };
        continue;
      }
      if (scope?.wants(folder, parentKey) === false) {
        if (parentKey === null || this.#isBelow(path, scope)) yield { folder, parentKey, scan: undefined, passedBy: 'wholly' };
        continue;
      }
      const seen = ([key, item]: readonly [string, MemoryItem]): readonly [string, MemoryItem] => {
        const timeMs = this.times.get(key);
        return [key, { ...item, sizeBytes: this.#contentOf(item).length, ...(timeMs === undefined ? {} : { timeMs }) }];
      };
      const scan = this.#scan(path, new Map([...items].map(seen)), known.cursor(path));
      if (!this.leftEmpty.has(path)) yield { folder, parentKey, specialUse, scan, ...leftOut, ...(path === '' && identities) };
      else yield { folder, parentKey, specialUse, isLeftEmpty: true, scan: this.#scan(path, new Map(), undefined) };
    }
  }

  /** Limited walks come past what leads to the wanted folders, and past what lies directly in them. */
  #isBelow(path: string, { folders }: Scope): boolean {
    const parent = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
    return folders.has(parent) || [...folders].some((wanted) => wanted.startsWith(`${path}/`));
  }

  #leavesOut(path: string): boolean {
    const isBelow = (others: ReadonlySet<string>): boolean => [...others].some((other) => path.startsWith(`${other}/`));
    return this.leftOut.has(path) || isBelow(this.leftOut) || isBelow(this.leftEmpty);
  }

  #scan(path: string, items: ReadonlyMap<string, MemoryItem>, cursor: JsonValue | undefined): FolderScan {
    // As long as a real source's: each commit holds it, and months of commits are read again and again.
    const now = sha256Hex(Buffer.from(JSON.stringify([...items])));
    const unchanged = cursor === now;
    const breaks = this.unreadable.get(path) === 'in the middle';
    return {
      completeness: unchanged ? 'changes' : 'full',
      sightings: (async function* () {
        if (unchanged) return;
        for (const [key, item] of items) yield [itemSighting(key, item)];
        if (breaks) throw new StrataError('folder.unreadable', 'later', { folder: path, reason: 'EIO' });
      })(),
      vanished: () => [],
      cursor: () => now,
    };
  }

  async *#read(folder: string, wanted: readonly Wanted[]): AsyncIterable<Reading> {
    for (const { sighting, need } of wanted) {
      this.beforeItem(sighting.key);
      if (sighting.kind === 'folder') {
        yield {
          key: sighting.key,
          metadata: { path: folder },
          summary: { title: sighting.name },
          contentRevision: '',
          metadataRevision: sighting.metadataRevision,
        };
        continue;
      }
      if (this.hangsUpAt === sighting.key) throw new StrataError('source.disconnected', 'later', { host: 'memory' });
      yield this.#reading(folder, sighting, need);
    }
  }

  #contentOf({ text }: MemoryItem): Uint8Array {
    return this.#bytes.get(text) ?? new TextEncoder().encode(text);
  }

  #reading(folder: string, sighting: Sighting, need: Wanted['need']): Reading {
    const item = this.folders.get(folder)?.get(sighting.key);
    const base = {
      key: sighting.key,
      metadata: { flags: item?.flags ?? [] },
      summary: { title: this.titles.get(sighting.key) ?? sighting.name },
      contentRevision: sighting.contentRevision,
      metadataRevision: sighting.metadataRevision,
    };
    if (item === undefined || this.unreadableItems.has(sighting.key)) {
      return { ...base, problem: { code: 'item.unreadable', retry: 'later', facts: { item: sighting.key, reason: 'EIO' } } };
    }
    if (need === 'metadata') return base;
    this.read.push(sighting.key);
    const newer = this.changing.get(sighting.key);
    if (newer !== undefined) {
      const again = (): Reading => ({ ...base, contentRevision: `${newer.length}:${newer}`, content: wholeText(newer) });
      return { ...base, content: { kind: 'stream', chunks: changedWhileReading(sighting.key) }, again };
    }
    return {
      ...base,
      content: { kind: 'bytes', bytes: this.#contentOf({ ...item, text: this.rotten.get(sighting.key) ?? item.text }) },
    };
  }
}

const wholeText = (text: string): Content => ({ kind: 'bytes', bytes: new TextEncoder().encode(text) });

async function* changedWhileReading(item: string): AsyncIterable<Uint8Array> {
  yield new TextEncoder().encode('its first ');
  throw new StrataError('item.changed-while-reading', 'later', { item });
}

const folderSighting = (path: string, identity: string | undefined): Sighting => ({
  key: path,
  name: path.slice(path.lastIndexOf('/') + 1),
  kind: 'folder',
  contentRevision: '',
  metadataRevision: 'f',
  ...(identity === undefined ? {} : { identity }),
  sizeBytes: 0,
});

const itemSighting = (key: string, item: MemoryItem): Sighting => ({
  key,
  name: key,
  kind: 'message',
  contentRevision: `${item.text.length}:${item.text}`,
  metadataRevision: item.flags.join(','),
  sizeBytes: item.sizeBytes ?? item.text.length,
  ...(item.identity === undefined ? {} : { identity: item.identity }),
  ...(item.timeMs === undefined ? {} : { timeMs: item.timeMs }),
});
