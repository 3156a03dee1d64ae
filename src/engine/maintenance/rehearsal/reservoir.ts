import { below, type Random } from '../../kernel/random.ts';

/** Keeps so many of all that come by, each with the same chance, without knowing how many will come. */
export class Reservoir<Thing> {
  readonly #most: number;
  readonly #random: Random;
  #kept: Thing[] = [];
  #seen = 0;

  constructor(most: number, random: Random) {
    this.#most = most;
    this.#random = random;
  }

  get kept(): readonly Thing[] {
    return this.#kept;
  }

  add(thing: Thing): void {
    this.#seen += 1;
    if (this.#kept.length < this.#most) {
      this.#kept.push(thing);
      return;
    }
    const at = below(this.#random, this.#seen);
    if (at < this.#most) this.#kept[at] = thing;
  }

  empty(): void {
    this.#kept = [];
    this.#seen = 0;
  }
}

/** A copy in an order of chance. */
export function shuffled<Thing>(things: readonly Thing[], random: Random): Thing[] {
  const mixed = [...things];
  for (let at = mixed.length - 1; at > 0; at -= 1) {
    const other = below(random, at + 1);
    [mixed[at], mixed[other]] = [mixed[other] as Thing, mixed[at] as Thing];
  }
  return mixed;
}
