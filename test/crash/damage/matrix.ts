import { seededRandom } from '../../kit/seeded-random.ts';
import type { SimFileSystem } from '../../kit/sim-file-system.ts';
import { told } from '../crash-everywhere.ts';
import { type DamageOutcome, itemsOf, outcomeOf, returnOn, type WholeWorld } from './damaged-world.ts';
import { type Neighbours, patterns } from './patterns.ts';

export interface DamageTally {
  readonly cases: number;
  readonly violations: readonly string[];
}

export interface DamagePlan {
  /** In each file, beside those where something begins or ends. */
  readonly positions: number;
  /** Of all cases. */
  readonly share: number;
  readonly seed: number;
  readonly isHasty?: boolean;
}

/** Each pattern, in each file, at many positions: never wrong bytes, always found, and nothing else is lost. */
export async function damageEverything(whole: WholeWorld, plan: DamagePlan): Promise<DamageTally> {
  const random = seededRandom(plan.seed);
  const violations: string[] = [];
  let cases = 0;
  for (const [path, bytes] of whole.files) {
    const neighbours = neighboursOf(whole, path);
    for (const at of positionsIn(whole, path, bytes, plan, random)) {
      for (const [name, pattern] of Object.entries(patterns)) {
        if (random.below(1_000_000) >= plan.share * 1_000_000) continue;
        const damaged = whole.disk.copy();
        pattern(damaged, path, at, neighbours);
        if (isUnharmed(damaged, whole)) continue;
        cases += 1;
        const violation = await judge(damaged, whole, path, name);
        if (violation !== undefined) violations.push(`${path.slice(0, 30)} ${name} at ${at}: ${violation}`);
        if (plan.isHasty === true && violations.length > 0) return { cases, violations };
      }
    }
  }
  return { cases, violations };
}

/** The copy of a file whose bytes did not change by the damage, and the file that was not there before, are no damage. */
const isUnharmed = (damaged: SimFileSystem, whole: WholeWorld): boolean =>
  damaged.fingerprint() === whole.disk.fingerprint() && [...whole.files.keys()].every((path) => damaged.lstat(path)?.mode !== 0);

async function judge(damaged: SimFileSystem, whole: WholeWorld, path: string, pattern: string): Promise<string | undefined> {
  try {
    const isLeft = ['locks', 'trash'].includes(kindOf(path));
    const again = damaged.copy();
    const outcome = await outcomeOf(damaged, whole);
    if (!isLeft) return complaintOf(outcome, whole, path, pattern);
    if (kindOf(path) === 'trash') await returnOn(again, whole.secret);
    return complaintOfLeft(outcome, pattern);
  } catch (error) {
    return told(error);
  }
}

/** What was damaged in one place must be found, must concern what lies there alone, and must be whole again where there is a copy. */
function complaintOf(outcome: DamageOutcome, whole: WholeWorld, path: string, pattern: string): string | undefined {
  const kind = kindOf(path);
  if (outcome.refused !== undefined) {
    // Without its folder there is no storage.
    const isGone = kind === 'header' && pattern === 'gone with its folder' && outcome.refused === 'storage.not-found';
    return isGone ? undefined : `does not open: ${outcome.refused}`;
  }
  if (outcome.findings === 0) return 'a check finds nothing';
  if (outcome.refusedCycle !== undefined && !(inTheWay.has(pattern) && outcome.refusedCycle.startsWith('path.'))) {
    return `no cycle succeeds: ${outcome.refusedCycle}`;
  }
  const touched = kind === 'packs' ? itemsOf(whole, path) : new Set<string>();
  const lost = [...outcome.unreadable, ...outcome.unreadableAfter].find((item) => !touched.has(item));
  if (lost !== undefined) return `${lost} is unreadable`;
  const isMended = outcome.findingsAfter === 0 || outcome.refusedCycle !== undefined;
  return kind === 'packs' || isMended || (kind === 'keys' && replacing.has(pattern))
    ? undefined
    : 'the next cycle did not mend it';
}

/** What nothing needs may be damaged as it likes: nothing is out of reach. Of a lock that nobody can read nobody can say whose it is. */
function complaintOfLeft(
  { refused, unreadable, unreadableAfter, refusedCycle }: DamageOutcome,
  pattern: string,
): string | undefined {
  if (refused !== undefined) return `does not open: ${refused}`;
  const lost = [...unreadable, ...unreadableAfter];
  if (lost.length > 0) return `${lost.join()} is unreadable`;
  const isTold = refusedCycle === undefined || refusedCycle === 'storage.locked';
  return isTold || (inTheWay.has(pattern) && refusedCycle.startsWith('path.')) ? undefined : `no cycle succeeds: ${refusedCycle}`;
}

/** What no cycle takes away, because nobody knows what it is. */
const inTheWay: ReadonlySet<string> = new Set(['a folder instead', 'without permissions']);
/** Which of two whole slots is right, only a secret tells: both are kept, and a check says so. */
const replacing: ReadonlySet<string> = new Set([
  'another one of its kind',
  'an older one of its kind',
  '4 KiB of something older',
]);

function neighboursOf(whole: WholeWorld, path: string): Neighbours {
  const kind = kindOf(path);
  const all = [...whole.files].filter(([name]) => name !== path && kindOf(name) === kind);
  const own = whole.files.get(path) ?? new Uint8Array(0);
  const different = all.filter(([, bytes]) => Buffer.compare(bytes, own) !== 0);
  const older = different.findLast(([name]) => whole.older.has(name));
  return { other: different[0]?.[1], older: older?.[1] };
}

export const kindOf = (path: string): string => {
  if (path.includes('/STORAGE')) return 'header';
  return ['trash', 'packs', 'commits', 'keys', 'locks'].find((kind) => path.includes(`/${kind}/`)) ?? 'other';
};

/** Where something begins or ends, and some by chance. */
function positionsIn(
  whole: WholeWorld,
  path: string,
  bytes: Uint8Array,
  { positions }: DamagePlan,
  random: { below(limit: number): number },
): number[] {
  const edges = [0, 8, 20, bytes.length - 1, bytes.length - 20, bytes.length - 90];
  if (path.includes('/packs/')) {
    for (const id of whole.catalog.chunkIds()) {
      const place = whole.catalog.locate(id);
      if (place === undefined || !path.includes(place.pack)) continue;
      const end = place.recordOffset + place.recordLength;
      edges.push(place.recordOffset + 2, place.recordOffset + 12, place.recordOffset + 100, end - 1, end + 1);
    }
  }
  const chosen = Array.from({ length: positions }, () => random.below(bytes.length));
  return [...new Set([...edges, ...chosen])].filter((at) => at >= 0 && at < bytes.length);
}
