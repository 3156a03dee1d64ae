import type { StrataError } from '../../../shared/domain/strata-error.ts';
import { copyName } from '../../format/index.ts';
import type { Target } from '../../targets/target.ts';
import { checkVitals, type VitalDamage } from '../check-vitals.ts';
import { readSlots } from '../key-slots.ts';
import type { PackingParts } from '../storage-writer.ts';

type VitalParts = Pick<PackingParts, 'target' | 'keys' | 'chain'>;

export interface VitalSight {
  /** Files that are damaged or missing, of which another copy is whole. */
  readonly mendable: number;
  /** Files of commits that come back from elsewhere and left no trace here. */
  readonly unseen: number;
  /** Ways to unlock of which no copy is whole. */
  readonly lostWays: readonly string[];
}

/**
 * Throws at what cannot be mended and without which nothing else can be told: a commit of which no copy is left, here or among those
 * that were `found` elsewhere, or a fork.
 */
export function lookAtVitals(parts: VitalParts, found: ReadonlyMap<number, unknown>): VitalSight {
  const damages = checkVitals(parts);
  for (const damage of damages) requireMendable(damage, parts, found);
  const lostWays = readSlots(parts.target)
    .damaged.filter(({ code }) => code === 'storage.damaged' || code === 'storage.limit-exceeded')
    .map(({ facts }) => String(facts['file']));
  const seen = new Set(damages.map(({ file }) => sequenceOf(file)));
  const unseen = 2 * [...found.keys()].filter((sequence) => !seen.has(sequence)).length;
  return { mendable: damages.length - lostWays.length, unseen, lostWays };
}

const commitFile = /^(?:copies\/)?commits\/0*([1-9][0-9]*)/;
const sequenceOf = (file: string): number => Number(commitFile.exec(file)?.[1] ?? 0);
const unmendable: readonly unknown[] = ['fork', 'predecessor'];

function requireMendable({ failure, file }: VitalDamage, { chain }: VitalParts, found: ReadonlyMap<number, unknown>): void {
  const sequence = sequenceOf(file);
  const isWhole = sequence === 0 || found.has(sequence) || chain.idAt(sequence) !== undefined;
  if (!isWhole || unmendable.includes(failure.facts['reason']) || isOther(failure)) throw failure;
}

/** A newer format, or what the disk says. */
const isOther = ({ code }: StrataError): boolean => code === 'storage.newer-format';

/** A way that opens nothing any more would stand in the way of every removal. Can be done again. */
export function putWaysAside(names: readonly string[], target: Target): void {
  for (const name of names) {
    for (const file of [name, copyName(name)]) {
      if (target.size(file) !== undefined) target.move(file, `quarantine/${file.replaceAll('/', '-')}`);
    }
  }
}
