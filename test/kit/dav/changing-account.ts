import { seededRandom } from '../seeded-random.ts';
import type { TestAccount } from './account.ts';

/** The n-th object; with a text it is another one of the same name. */
type ObjectOf = (n: number, text?: string) => Uint8Array;

/** Adds, edits, moves and deletes objects; makes, renames and deletes collections. */
export class ChangingAccount {
  readonly #account: TestAccount;
  readonly #objectOf: ObjectOf;
  readonly #extension: string;
  /** Some servers give what is moved another name. */
  readonly #movesNothing: boolean;
  readonly #random: ReturnType<typeof seededRandom>;
  /** Segment → names of its objects. */
  readonly #objects = new Map<string, string[]>();
  readonly #names = new Map<string, string>();
  #count = 0;

  constructor(account: TestAccount, seed: number, objectOf: ObjectOf, { extension = '.ics', movesNothing = false } = {}) {
    this.#account = account;
    this.#objectOf = objectOf;
    this.#extension = extension;
    this.#movesNothing = movesNothing;
    this.#random = seededRandom(seed);
  }

  async change(): Promise<void> {
    this.#count += 1;
    const dice = this.#random.below(100);
    const from = this.#pick([...this.#objects].filter(([, names]) => names.length > 0).map(([segment]) => segment));
    if (this.#objects.size < 2 || dice < 4) return this.#make();
    if (from === undefined || dice < 45) return this.#add();
    const name = this.#pick(this.#objects.get(from) ?? []) ?? '';
    if (dice < 65) return this.#edit(from, name);
    if (dice < 80) return this.#remove(from, name);
    if (dice < 92 && !this.#movesNothing) return this.#move(from, name);
    if (dice < 96) return this.#rename(from);
    if (this.#objects.size < 3) return this.#add();
    this.#objects.delete(from);
    this.#names.delete(from);
    return this.#account.removeCollection(from);
  }

  /** What people see of a collection. */
  nameOf(segment: string): string {
    return this.#names.get(segment) ?? segment;
  }

  /** What its collections are called. */
  names(): string[] {
    return [...this.#names.values()];
  }

  async #rename(segment: string): Promise<void> {
    this.#names.set(segment, `Name ${this.#count}`);
    await this.#account.rename(segment, `Name ${this.#count}`);
  }

  async #make(): Promise<void> {
    const segment = `c${this.#count}`;
    this.#names.set(segment, `Collection ${this.#count}`);
    await this.#account.make(segment, `Collection ${this.#count}`);
    this.#objects.set(segment, []);
  }

  async #add(): Promise<void> {
    const segment = this.#pick([...this.#objects.keys()]) ?? '';
    const name = `o${this.#count}${this.#extension}`;
    await this.#account.put(segment, name, this.#objectOf(this.#count));
    this.#objects.get(segment)?.push(name);
  }

  #edit(segment: string, name: string): Promise<void> {
    return this.#account.put(segment, name, this.#objectOf(Number(/\d+/.exec(name)?.[0]), `edited at ${this.#count}`));
  }

  async #remove(segment: string, name: string): Promise<void> {
    await this.#account.remove(segment, name);
    this.#forget(segment, name);
  }

  async #move(segment: string, name: string): Promise<void> {
    const target = this.#pick([...this.#objects.keys()].filter((other) => other !== segment));
    if (target === undefined) return;
    await this.#account.move(segment, name, target);
    this.#forget(segment, name);
    this.#objects.get(target)?.push(name);
  }

  #forget(segment: string, name: string): void {
    this.#objects.set(
      segment,
      (this.#objects.get(segment) ?? []).filter((other) => other !== name),
    );
  }

  #pick<T>(all: readonly T[]): T | undefined {
    return all[this.#random.below(Math.max(all.length, 1))];
  }
}
