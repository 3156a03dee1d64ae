import { MemorySource } from '../../../src/engine/backup/testing/memory-source.ts';
import { seededRandom } from '../../kit/seeded-random.ts';
import { bytesOf, type State } from './plain-storage.ts';

export const folders = ['Inbox', 'Sent', 'Inbox/Old'];

/** A source that people work in. What it shows is told to the engine and to the map alike. */
export class LivingSource {
  readonly source = new MemorySource();
  readonly now = new Map<string, State>();
  readonly isNamed: boolean;
  #isRecognised = true;
  #names = 0;

  /** @param isNamed Its server says which item is which, wherever it lies. */
  constructor(isNamed: boolean) {
    this.isNamed = isNamed;
    for (const folder of folders) {
      this.source.put(folder, 'nobody', '');
      this.source.remove(folder, 'nobody');
    }
  }

  /**
   * There is a new master key: bytes have other digests under it. What moves is recognised by its name, or not at all; so what
   * nobody has seen move yet goes back first.
   */
  meetNewKey(saved: ReadonlyMap<string, State>): void {
    this.#isRecognised = this.isNamed;
    if (this.isNamed) return;
    for (const [name, state] of this.now) {
      const before = saved.get(name);
      if (before !== undefined && before.folder !== state.folder) this.#put(name, { ...state, folder: before.folder }, state);
    }
  }

  /** A few changes, by chance. `saved`: how it was at the last cycle. */
  change(seed: number, saved: ReadonlyMap<string, State>): void {
    const random = seededRandom(seed);
    for (let count = 1 + random.below(4); count > 0; count--)
      this.#changeOne(random.below(6), (limit) => random.below(limit), saved);
  }

  #changeOne(what: number, below: (limit: number) => number, saved: ReadonlyMap<string, State>): void {
    const names = [...this.now.keys()];
    const name = names[below(names.length)];
    const state = name === undefined ? undefined : this.now.get(name);
    if (name === undefined || state === undefined || what === 0) return this.#add(below(folders.length));
    if (what === 1) return this.#remove(name, state, saved.get(name)?.folder ?? state.folder);
    if (what === 2) return this.#comeBack(below, saved);
    if (what === 3) return this.#put(name, { ...state, flag: state.flag + 1 }, state);
    // What is moved and written anew at once is another item to whoever looks at it.
    const before = saved.get(name);
    const folder = folders[below(folders.length)] ?? state.folder;
    if (what === 4 && before?.content === state.content && this.#isRecognised)
      return this.#put(name, { ...state, folder }, state);
    if (before !== undefined && before.folder !== state.folder) return;
    // And what is new with bytes that somebody had who goes at once, is he.
    const like = before === undefined ? undefined : this.now.get(names[below(names.length)] ?? '');
    const other = like?.content ?? state.content;
    this.#put(name, { ...state, content: other === state.content ? this.#newContent() : other }, state);
  }

  #newContent(): number {
    this.#contents += 1;
    return this.#contents;
  }
  #contents = 0;

  #add(folder: number): void {
    this.#names += 1;
    this.#put(`n${this.#names}`, { folder: folders[folder] ?? '', content: this.#newContent(), flag: 0 });
  }

  /** With new bytes, where it was saved last. */
  #comeBack(below: (limit: number) => number, saved: ReadonlyMap<string, State>): void {
    const gone = [...this.#lastOf].filter(([name]) => !this.now.has(name) && !saved.has(name));
    const [name, last] = gone[below(gone.length)] ?? [];
    if (name !== undefined && last !== undefined) this.#put(name, { ...last, content: this.#newContent() });
  }
  readonly #lastOf = new Map<string, State>();

  #remove(name: string, state: State, savedIn: string): void {
    this.#lastOf.set(name, { ...state, folder: savedIn });
    this.now.delete(name);
    this.source.remove(state.folder, name);
  }

  #put(name: string, state: State, before?: State): void {
    const there = before && this.source.folders.get(before.folder)?.get(name);
    this.now.set(name, state);
    if (there !== undefined && before?.content === state.content) {
      this.source.remove(before.folder, name);
      this.source.folders.get(state.folder)?.set(name, { ...there, flags: [String(state.flag)] });
      return;
    }
    const identity = this.isNamed ? name : undefined;
    const label = this.#labels.get(state.content);
    if (label === undefined) this.source.putBytes(state.folder, name, bytesOf(state.content), identity);
    else this.source.put(state.folder, name, label, [], identity);
    const put = this.source.folders.get(state.folder)?.get(name);
    if (put === undefined) throw new Error(`${name} was not put`);
    put.flags = [String(state.flag)];
    this.#labels.set(state.content, put.text);
  }
  /** Who writes the same bytes again has changed nothing. */
  readonly #labels = new Map<number, string>();
}
