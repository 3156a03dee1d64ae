import {
  type Choice,
  choiceText,
  choosableKinds,
  type FolderRule,
  type FolderUse,
  takesEverything,
} from '../../../shared/domain/choice.ts';
import { FolderJudge, type FolderVerdict } from '../../../shared/domain/folder-rules.ts';
import type { ItemKind } from '../../../shared/domain/item.ts';
import type { FolderVisit, Sighting } from '../../sources/source.ts';

const dayMs = 86_400_000;

/** Why an item is not taken. */
export type ItemRule = 'folder' | 'kind' | 'larger' | 'smaller' | 'before' | 'after' | 'age';

export const noUses: ReadonlySet<FolderUse> = new Set();

/** Says of folders and items whether a choice takes them. Of something whose size or time nobody knows it takes the risk to take it. */
export class Judge {
  readonly choice: Choice;
  readonly isEverything: boolean;
  readonly #folders: FolderJudge;
  readonly #kinds: ReadonlySet<ItemKind> | undefined;
  readonly #oldestMs: number | null;

  constructor(choice: Choice, nowMs: number) {
    this.choice = choice;
    this.isEverything = takesEverything(choice);
    this.#folders = new FolderJudge(choice);
    this.#kinds = choice.kinds === null ? undefined : new Set(choice.kinds);
    // By whole days, so that the border moves once a day and not between two looks at the same folder.
    this.#oldestMs = choice.newerThanDays === null ? null : Math.floor(nowMs / dayMs - choice.newerThanDays) * dayMs;
  }

  /** Differs where something else may be taken: what was listed under another one must be listed again. */
  get mark(): string {
    return shortened(`${choiceText(this.choice)} ${this.#oldestMs}`);
  }

  /** Whether it can be said of something that is not there any more if it would be taken. */
  get knowsByPlace(): { readonly folders: boolean; readonly items: boolean } {
    const { fromMs, untilMs, newerThanDays, minBytes, maxBytes } = this.choice;
    const folders = this.choice.skipUses.length === 0;
    return { folders, items: [fromMs, untilMs, newerThanDays, minBytes, maxBytes].every((rule) => rule === null) };
  }

  /** @param uses its own and those of the folders that it lies in. */
  folder(names: readonly string[], uses: ReadonlySet<FolderUse>): FolderVerdict {
    return this.#folders.verdict(names, uses);
  }

  /** The rules that decide of a folder, whichever way. */
  deciding(names: readonly string[]): readonly FolderRule[] {
    return this.#folders.deciding(names);
  }

  /** The time of items decides. */
  get asksForTime(): boolean {
    const { fromMs, untilMs, newerThanDays } = this.choice;
    return [fromMs, untilMs, newerThanDays].some((rule) => rule !== null);
  }

  /** What nobody can choose (an account's own settings) is taken with its account. */
  takesKind(kind: ItemKind): boolean {
    return this.#kinds === undefined || this.#kinds.has(kind) || !isChoosable(kind);
  }

  /**
   * Why an item is not taken; undefined: it is.
   * @param isPassed its folder is not, but something below that.
   */
  item({ kind, sizeBytes, timeMs }: Pick<Sighting, 'kind' | 'sizeBytes' | 'timeMs'>, isPassed: boolean): ItemRule | undefined {
    const { fromMs, untilMs, minBytes, maxBytes } = this.choice;
    if (!isChoosable(kind)) return undefined;
    if (isPassed) return 'folder';
    if (!this.takesKind(kind)) return 'kind';
    if (maxBytes !== null && sizeBytes > maxBytes) return 'larger';
    if (minBytes !== null && sizeBytes < minBytes && knowsSize({ kind, sizeBytes })) return 'smaller';
    if (timeMs === undefined) return undefined;
    if (fromMs !== null && timeMs < fromMs) return 'before';
    if (untilMs !== null && timeMs >= untilMs) return 'after';
    if (this.#oldestMs !== null && timeMs < this.#oldestMs) return 'age';
    return undefined;
  }
}

/** A server that does not tell a size is one that tells none: of what is not a file, nothing is empty. */
export const knowsSize = ({ kind, sizeBytes }: Pick<Sighting, 'kind' | 'sizeBytes'>): boolean => sizeBytes > 0 || kind === 'file';

export const isChoosable = (kind: ItemKind): boolean => choosableKinds.some((choosable) => choosable === kind);

const useOf: Readonly<Record<string, FolderUse>> = { '\\junk': 'junk', '\\trash': 'trash', '\\drafts': 'drafts', '\\all': 'all' };

/** What the source says that the folder is for. */
export function usesOf({ specialUse, isShared }: FolderVisit): readonly FolderUse[] {
  const use = useOf[specialUse?.toLowerCase() ?? ''];
  return [...(use === undefined ? [] : [use]), ...(isShared === true ? (['shared'] as const) : [])];
}

/** FNV-1a, 64 bits: it lies beside the cursor of every folder. */
function shortened(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text)) hash = ((hash ^ BigInt(byte)) * 0x100000001b3n) & 0xffffffffffffffffn;
  return hash.toString(36);
}
