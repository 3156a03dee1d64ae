import type { TestAccount } from '../dav/account.ts';
import { contact, event, task } from '../dav/objects.ts';

type Chance = (limit: number) => number;

/** Somebody who uses calendars or address books. */
export class RandomCollections {
  readonly #account: TestAccount;
  readonly #kind: 'caldav' | 'carddav';
  readonly #below: Chance;
  /** Segment → the objects in it. */
  readonly #all = new Map<string, Set<string>>();
  #made = 0;

  constructor(account: TestAccount, kind: 'caldav' | 'carddav', below: Chance) {
    this.#account = account;
    this.#kind = kind;
    this.#below = below;
  }

  async change(): Promise<void> {
    const acts = [
      ...Array<() => Promise<boolean>>(8).fill(() => this.#put()),
      ...Array<() => Promise<boolean>>(5).fill(() => this.#edit()),
      ...Array<() => Promise<boolean>>(3).fill(() => this.#move()),
      ...Array<() => Promise<boolean>>(4).fill(() => this.#remove()),
      () => this.#make(),
      () => this.#rename(),
      () => this.#removeCollection(),
    ];
    if (!(await this.#one(acts)())) return this.change(); // nothing to do it with: something else
  }

  async lookAgain(): Promise<void> {
    this.#all.clear();
    for (const segment of await this.#account.collections()) this.#all.set(segment, new Set(await this.#account.names(segment)));
  }

  async #put(): Promise<boolean> {
    if (this.#all.size === 0) return this.#make();
    const segment = this.#one([...this.#all.keys()]);
    this.#made += 1;
    await this.#write(segment, this.#nameOf(this.#made), this.#made);
    return true;
  }

  async #edit(): Promise<boolean> {
    return this.#withObject(async (segment, name) => {
      const [number] = /^\d+/.exec(name) ?? [];
      if (number === undefined || name !== this.#nameOf(Number(number))) return false;
      await this.#write(segment, name, Number(number));
      return true;
    });
  }

  async #write(segment: string, name: string, number: number): Promise<void> {
    const text = `Title ${this.#below(1_000_000)}`;
    const make = this.#kind === 'carddav' ? contact : number % 3 === 0 ? task : event;
    await this.#account.put(segment, name, make(number, text));
    this.#all.get(segment)?.add(name);
  }

  async #move(): Promise<boolean> {
    return this.#withObject(async (segment, name) => {
      const free = [...this.#all].filter(([other, names]) => other !== segment && !names.has(name));
      if (free.length === 0) return false;
      const [target, names] = this.#one(free);
      await this.#account.move(segment, name, target);
      this.#all.get(segment)?.delete(name);
      names.add(name);
      return true;
    });
  }

  async #remove(): Promise<boolean> {
    return this.#withObject(async (segment, name) => {
      await this.#account.remove(segment, name);
      this.#all.get(segment)?.delete(name);
      return true;
    });
  }

  /** Addresses come back, names never: who makes a collection anew may call it otherwise. */
  async #make(): Promise<boolean> {
    const free = ['home', 'work', 'trips', 'sport'].filter((segment) => !this.#all.has(segment));
    if (free.length === 0) return false;
    const segment = this.#one(free);
    await this.#account.make(segment, this.#title());
    this.#all.set(segment, new Set());
    return true;
  }

  async #rename(): Promise<boolean> {
    if (this.#all.size === 0) return false;
    await this.#account.rename(this.#one([...this.#all.keys()]), this.#title());
    return true;
  }

  async #removeCollection(): Promise<boolean> {
    if (this.#all.size < 3) return false;
    const segment = this.#one([...this.#all.keys()]);
    await this.#account.removeCollection(segment);
    this.#all.delete(segment);
    return true;
  }

  #title(): string {
    return `${this.#one(['Home', 'Wörk', 'Trips & more', 'Sport'])} ${this.#below(1_000_000)}`;
  }

  /** As events, tasks and contacts of the kit are numbered. */
  #nameOf(number: number): string {
    return `${number}${this.#kind === 'caldav' ? '.ics' : '.vcf'}`;
  }

  async #withObject(act: (segment: string, name: string) => Promise<boolean>): Promise<boolean> {
    const filled = [...this.#all].filter(([, names]) => names.size > 0);
    if (filled.length === 0) return false;
    const [segment, names] = this.#one(filled);
    return act(segment, this.#one([...names]));
  }

  #one<T>(all: readonly T[]): T {
    const one = all[this.#below(all.length)];
    if (one === undefined) throw new Error('none to choose from');
    return one;
  }
}
