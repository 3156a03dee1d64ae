import type { Commit } from '../../../shared/domain/commit.ts';
import type { SourceChoice } from './choose.ts';

/**
 * A name for exactly this plan, so that what a person confirms is what happens. FNV-1a twice, 64 bits in all: it tells plans apart
 * that differ by accident; nobody gains anything by making two alike.
 */
export function tokenOf(forgets: readonly Commit[], choices: readonly SourceChoice[]): string {
  const hash = new Fnv();
  for (const { sequence } of forgets) hash.add(`m${sequence};`);
  for (const { items } of choices) for (const { item, versions } of items) hash.add(`${item}.${versions.join(',')};`);
  return hash.text();
}

class Fnv {
  #low = 0x811c9dc5;
  #high = 0x01000193;

  add(text: string): void {
    for (let index = 0; index < text.length; index += 1) {
      const code = text.charCodeAt(index);
      this.#low = Math.imul(this.#low ^ code, 0x01000193);
      this.#high = Math.imul(this.#high ^ code ^ (this.#low >>> 16), 0x01000193);
    }
  }

  text(): string {
    return [this.#high, this.#low].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('');
  }
}
