import { foldedName } from '../../kernel/file-name.ts';

/** What a disk says of a name in a directory: whether something is there, and whether it is really called so. */
export type LookAtName = (folders: readonly string[], name: string) => 'absent' | 'there' | 'under-another-name';

/**
 * Names as they were, except where the disk takes two of them for one (`README` and `readme`, the two spellings of `é`): then the
 * later one gets a number, instead of being skipped as if it were there already. The disk is asked only when two such names meet.
 */
export class ExactNames {
  readonly #look: LookAtName;
  /** By the way down to them. */
  readonly #folders = new Map<string, Map<string, string>>();
  /** Files come folder by folder; a million of their names need not be kept. */
  #files: { readonly above: readonly string[]; readonly way: string; readonly names: Map<string, string> } | undefined;

  constructor(look: LookAtName) {
    this.#look = look;
  }

  folder(above: readonly string[], name: string): string {
    const way = above.join('/');
    const names = this.#folders.get(way) ?? new Map<string, string>();
    this.#folders.set(way, names);
    return this.#claim(names, names, above, name);
  }

  file(above: readonly string[], name: string): string {
    if (this.#files?.above !== above) {
      const way = above.join('/');
      const names = this.#files?.way === way ? this.#files.names : new Map<string, string>();
      this.#files = { above, way, names };
    }
    return this.#claim(this.#files.names, this.#folders.get(this.#files.way), above, name);
  }

  #claim(
    names: Map<string, string>,
    folders: ReadonlyMap<string, string> | undefined,
    above: readonly string[],
    original: string,
  ): string {
    for (let number = 1; ; number++) {
      const name = number === 1 ? original : numbered(original, number);
      const key = foldedName(name);
      const holder = names.get(key) ?? folders?.get(key);
      if (holder === undefined) names.set(key, original);
      if (holder === undefined || holder === original || this.#look(above, name) !== 'under-another-name') return name;
    }
  }
}

/** `a.tar` → `a (2).tar`; a leading dot begins no ending. */
function numbered(name: string, number: number): string {
  const dot = name.lastIndexOf('.');
  return dot > 0 ? `${name.slice(0, dot)} (${number})${name.slice(dot)}` : `${name} (${number})`;
}
