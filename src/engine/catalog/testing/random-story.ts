import fc from 'fast-check';
import type { CommitContents } from '../../../shared/domain/commit.ts';
import type { ItemId, SourceId } from '../../../shared/domain/ids.ts';
import type { ContentPart, ItemKind, Manifest } from '../../../shared/domain/item.ts';
import { type CommitFields, filesSource, folderOf, item, madeId, manifestOf, nextOf, rawContent } from './commits.ts';
import { PlainStorage } from './plain-storage.ts';

const acts = ['hide', 'show', 'forget', 'remember', 'hold', 'freeze', 'release', 'giveBack', 'prune', 'repair'] as const;

/** One thing that happens at a source or to a storage. Numbers choose among what is there, so that any list of steps makes sense. */
export type Step =
  | {
      readonly does: 'create' | 'content' | 'metadata' | 'move' | 'delete' | 'restore';
      readonly which: number;
      readonly where: number;
    }
  | { readonly does: 'folder'; readonly where: number }
  | { readonly does: (typeof acts)[number]; readonly which: number; readonly where: number }
  | { readonly does: 'commit'; readonly kind: 'full' | 'checkpoint' };

const choice = fc.nat({ max: 1000 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ does: fc.constant('create' as const), which: choice, where: choice }) },
  {
    weight: 6,
    arbitrary: fc.record({
      does: fc.constantFrom('content' as const, 'metadata' as const, 'move' as const, 'delete' as const, 'restore' as const),
      which: choice,
      where: choice,
    }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('folder' as const), where: choice }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constantFrom('hide' as const, ...acts), which: choice, where: choice }) },
  {
    weight: 2,
    arbitrary: fc.record({ does: fc.constant('commit' as const), kind: fc.constantFrom('full' as const, 'checkpoint' as const) }),
  },
);

export interface Story {
  /** As they were when they were made. */
  readonly commits: readonly CommitContents[];
  /** What the storage makes of them in the end. */
  readonly left: readonly CommitContents[];
  readonly folders: readonly ItemId[];
  readonly sources: readonly SourceId[];
  /** Every moment at which something happened. */
  readonly times: readonly number[];
}

/** Anything, in any order: things come, change, move, go and come back; folders as well. */
export const anySteps: fc.Arbitrary<Step[]> = fc.array(step, { minLength: 5, maxLength: 60, size: 'max' });

/** What two sources and their commits look like after the steps. */
export function tellStory(steps: readonly Step[]): Story {
  const teller = new Teller();
  for (const each of steps) teller.tell(each);
  return teller.end();
}

/** The same number always stands for the same bytes. */
const contentNo = (number: number): ContentPart =>
  rawContent(`content ${number % 40}`, 100 + (number % 40), number % 5 === 0 ? 3 : 1);

const names = [
  'Offer',
  'offer',
  'Über uns',
  'report 2024.txt',
  '50% off',
  'a_b',
  'naïve',
  '“quoted”',
  'nul\0inside',
  '🐘',
  'x',
  '',
];
const kinds: readonly ItemKind[] = ['message', 'file', 'event'];

class Teller {
  readonly #storage = new PlainStorage();
  readonly #newest = new Map<ItemId, Manifest>();
  readonly #sources = ['one', 'two'].map((name) => madeId<SourceId>(name));
  readonly #times: number[] = [];
  #waiting: Manifest[] = [];
  #timeMs = Date.UTC(2024, 0, 1);
  #count = 0;

  constructor() {
    for (const source of this.#sources)
      this.#add(folderOf({ item: this.#newItem(), folder: null, name: '', source, validFromMs: this.#tick() }));
    this.#commit('full');
  }

  tell(step: Step): void {
    switch (step.does) {
      case 'commit':
        return this.#commit(step.kind);
      case 'folder':
        return this.#createFolder(step.where);
      case 'create':
        return this.#create(step.which, step.where);
      case 'content':
      case 'metadata':
      case 'move':
      case 'delete':
      case 'restore':
        return this.#change(step.does, step.which, step.where);
      default:
        return this.#act(step.does, step.which, step.where);
    }
  }

  end(): Story {
    this.#commit('full');
    const { commits } = this.#storage;
    return { commits, left: this.#storage.contents(), folders: this.#folders(), sources: this.#sources, times: this.#times };
  }

  #folders(): ItemId[] {
    return [...this.#newest.values()].filter(({ kind }) => kind === 'folder').map((folder) => folder.item);
  }

  #act(does: (typeof acts)[number], which: number, where: number): void {
    const fields = this.#fields();
    const source = pick(this.#sources, where);
    switch (does) {
      case 'hide':
        return this.#storage.hide(which, 1 + (where % 12), fields);
      case 'show':
        return this.#storage.show(which, 1 + (where % 3), fields);
      case 'hold':
        return this.#storage.hold(which, source, this.#folders(), fields);
      case 'freeze':
        return this.#storage.freeze(which, source, fields);
      case 'giveBack':
        return this.#storage.giveBack(which, source, fields);
      default:
        return this.#storage[does](which, fields);
    }
  }

  #createFolder(where: number): void {
    const parent = pick(this.#liveFolders(), where);
    const { item: folder, source } = parent;
    const name = `${names[where % names.length]}-${this.#count}`;
    this.#add(folderOf({ item: this.#newItem(), folder, source, name, validFromMs: this.#tick(), metadata: { mode: where } }));
  }

  #create(which: number, where: number): void {
    const { item: folder, source } = pick(this.#liveFolders(), where);
    const title = names[which % names.length] ?? '';
    const kind = kinds[which % kinds.length] ?? 'file';
    this.#add(
      manifestOf({
        item: this.#newItem(),
        folder,
        source,
        kind,
        name: kind === 'file' ? `${title}${this.#count}` : `${this.#count}`,
        validFromMs: this.#tick(),
        summary: {
          title,
          ...(which % 2 === 0 ? { from: `Bob <bob${which % 5}@example.org>`, timeMs: Date.UTC(2020, 0, which % 300) } : {}),
          ...(which % 3 === 0 ? { to: 'Anna <anna@example.org>', hasAttachment: which % 4 === 0 } : {}),
        },
        metadata: { flags: which % 2 === 0 ? ['\\Seen'] : [], size: which },
        contents: which % 7 === 0 ? [] : [contentNo(which)],
        ...(which % 3 === 0 ? { identity: `id-${this.#count}` } : {}),
      }),
    );
  }

  #change(does: 'content' | 'metadata' | 'move' | 'delete' | 'restore', which: number, where: number): void {
    const isWanted = (manifest: Manifest): boolean =>
      manifest.folder !== null && (manifest.change === 'deleted') === (does === 'restore');
    const candidates = [...this.#newest.values()].filter(isWanted);
    if (candidates.length === 0) return;
    const before = pick(candidates, which);
    const validFromMs = Math.max(this.#tick(), before.validFromMs + 1);
    switch (does) {
      case 'content':
        if (before.kind === 'folder') return;
        return this.#add(nextOf(before, { change: 'content', validFromMs, contents: [contentNo(where)] }));
      case 'metadata':
        return this.#add(
          nextOf(before, {
            change: 'metadata',
            validFromMs,
            metadata: { flags: ['\\Answered'], where },
            metadataRevision: `m${where}`,
          }),
        );
      case 'move':
        return this.#move(before, where, validFromMs);
      case 'delete':
        return this.#delete(before, validFromMs);
      case 'restore':
        return this.#restore(before, where, validFromMs);
    }
  }

  #move(before: Manifest, where: number, validFromMs: number): void {
    const places = this.#liveFolders().filter(
      (folder) => folder.source === before.source && !this.#isWithin(folder.item, before.item),
    );
    const name = where % 3 === 0 ? `${before.name}'` : before.name;
    this.#add(
      nextOf(before, {
        change: 'moved',
        validFromMs,
        folder: pick(places, where).item,
        name,
        key: name,
        summary: { ...before.summary, title: name },
      }),
    );
  }

  /** A folder takes along all that is in it, as a cycle would find it: children first. */
  #delete(before: Manifest, validFromMs: number): void {
    for (const child of this.#newest.values()) {
      if (child.folder === before.item && child.change !== 'deleted')
        this.#delete(child, Math.max(this.#tick(), child.validFromMs + 1));
    }
    this.#add(nextOf(before, { change: 'deleted', validFromMs: Math.max(this.#tick(), validFromMs) }));
  }

  #restore(before: Manifest, where: number, validFromMs: number): void {
    const places = this.#liveFolders().filter(
      (folder) => folder.source === before.source && !this.#isWithin(folder.item, before.item),
    );
    const contents = before.kind === 'folder' ? [] : [contentNo(where)];
    this.#add(nextOf(before, { change: 'restored', validFromMs, folder: pick(places, where).item, contents }));
  }

  #isWithin(folder: ItemId, ancestor: ItemId): boolean {
    for (let at: ItemId | null = folder; at !== null; at = this.#newest.get(at)?.folder ?? null) if (at === ancestor) return true;
    return false;
  }

  #liveFolders(): Manifest[] {
    return [...this.#newest.values()].filter(({ kind, change }) => kind === 'folder' && change !== 'deleted');
  }

  #add(manifest: Manifest): void {
    this.#newest.set(manifest.item, manifest);
    this.#waiting.push(manifest);
    this.#times.push(manifest.validFromMs);
  }

  #commit(kind: 'full' | 'checkpoint'): void {
    this.#storage.commit(this.#waiting, { ...this.#fields(), kind });
    this.#waiting = [];
  }

  #fields(): CommitFields {
    return { sources: this.#sources.map((id, at) => filesSource(id, `source ${at}`)), atMs: this.#timeMs };
  }

  #newItem(): ItemId {
    return item(`item ${++this.#count}`);
  }

  /** Steps of very different lengths, so that days and quarters of hours are crossed. */
  #tick(): number {
    this.#timeMs += (this.#count % 5 === 0 ? 3_000_000 : 1) + this.#times.length;
    return this.#timeMs;
  }
}

function pick<T>(list: readonly T[], choice: number): T {
  return list[choice % list.length] as T;
}
