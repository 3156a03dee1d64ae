import type { Manifest } from '../../../shared/domain/item.ts';
import { encodeManifest, joinManifests } from '../../format/index.ts';
import type { StorageKeys } from '../../crypto/index.ts';
import type { Standing, StandingRoot } from '../removal/standing.ts';
import type { PackCopies } from './copies.ts';
import type { RepairHelp } from './repair.ts';

export interface RememberedRecord {
  readonly root: StandingRoot;
  readonly manifests: readonly Manifest[];
  readonly plain: Uint8Array;
}

/** Makes records of manifests again that no pack has any more, from what a catalog remembers. */
export class Remembering {
  readonly #standing: Standing;
  readonly #help: RepairHelp;
  readonly #copies: PackCopies;
  readonly #keys: StorageKeys;

  constructor(standing: Standing, help: RepairHelp, copies: PackCopies, keys: StorageKeys) {
    this.#standing = standing;
    this.#help = help;
    this.#copies = copies;
    this.#keys = keys;
  }

  /** Undefined: nobody remembers it, or what is remembered is not what was there. */
  recall(root: StandingRoot): RememberedRecord | undefined {
    const { roots, commits } = this.#standing;
    const counts = roots.map(({ first }) => first.count);
    const from = sum(counts.slice(0, roots.indexOf(root)));
    const manifests = this.#help.remembered(from, root.first.count, sum(counts));
    if (manifests === undefined || manifests.length !== root.first.count) return undefined;
    const plain = joinManifests(manifests.map(encodeManifest));
    const id = root.place && this.#copies.recordId(root.place);
    // Where the footer is left, its id proves every byte. Else the number of all, and the run, must do.
    const { run } = commits[root.sequence - 1] ?? {};
    const isProved = id === undefined ? manifests.every((manifest) => manifest.run === run) : this.#keys.recordId(plain) === id;
    return isProved ? { root, manifests, plain } : undefined;
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
