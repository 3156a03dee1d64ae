import type { ChunkLocation } from '../../../src/shared/domain/commit.ts';
import { seededRandom } from '../../kit/seeded-random.ts';
import { SimFileSystem } from '../../kit/sim-file-system.ts';
import { MapCatalog, someBytes } from '../../kit/storage-world.ts';
import { told } from '../crash-everywhere.ts';
import { afterBoot, commitContents, createOn } from '../sim-world.ts';
import { outcomeOf, type WholeWorld } from './damaged-world.ts';
import type { DamageTally } from './matrix.ts';

/** Two objects of a storage, or of two, that somebody without the keys puts in each other's place. */
interface Pairing {
  readonly name: string;
  /** The one file that is another now, where it is one of those that lie twice or more: then nothing is out of reach. */
  readonly vital?: string;
  put(files: SimFileSystem): void;
}

export interface PairingPlan {
  readonly share: number;
  readonly seed: number;
  readonly isHasty?: boolean;
}

/** Swap, replay, roll back, rename, duplicate, splice, give another type: nothing wrong is read, and a check finds each. */
export async function pairEverything(whole: WholeWorld, plan: PairingPlan): Promise<DamageTally> {
  const random = seededRandom(plan.seed);
  const violations: string[] = [];
  let cases = 0;
  for (const { name, put, vital } of pairingsOf(whole, await foreignFiles())) {
    if (random.below(1_000_000) >= plan.share * 1_000_000) continue;
    const files = whole.disk.copy();
    put(files);
    if (files.fingerprint() === whole.disk.fingerprint()) continue;
    cases += 1;
    const violation = await judge(files, whole, vital);
    if (violation !== undefined) violations.push(`${name}: ${violation}`);
    if (plan.isHasty === true && violations.length > 0) break;
  }
  return { cases, violations };
}

async function judge(files: SimFileSystem, whole: WholeWorld, vital: string | undefined): Promise<string | undefined> {
  try {
    const { refused, findings, unreadable, listed } = await outcomeOf(files, whole);
    if (refused === undefined && findings === 0) return 'nobody notices';
    if (vital === undefined) return undefined;
    if (refused !== undefined) return `does not open: ${refused}`;
    return unreadable.length > 0 || listed !== whole.catalog.manifests.length ? 'what lies twice is out of reach' : undefined;
  } catch (error) {
    return told(error);
  }
}

function* pairingsOf(whole: WholeWorld, foreign: ReadonlyMap<string, Uint8Array>): Generator<Pairing> {
  yield* filesForFiles(whole);
  yield* filesOfElsewhere(whole, foreign);
  yield* replays(whole);
  yield* records(whole);
}

/** Each file's bytes under each other's name; both ways at once; and its copy under a name of its own beside them. */
function* filesForFiles({ files }: WholeWorld): Generator<Pairing> {
  for (const [path, bytes] of files) {
    for (const [other, others] of files) {
      if (path === other) continue;
      yield { name: `${short(other)} as ${short(path)}`, ...vitalOf(path), put: (disk) => disk.plant(path, others) };
      if (path > other) continue;
      yield {
        name: `${short(path)} and ${short(other)} swapped`,
        put(disk) {
          disk.plant(path, others);
          disk.plant(other, bytes);
        },
      };
    }
  }
}

/** Of another storage with the same password, and of this one as it was a commit ago. */
function* filesOfElsewhere({ files, older }: WholeWorld, foreign: ReadonlyMap<string, Uint8Array>): Generator<Pairing> {
  for (const path of files.keys()) {
    for (const [kind, elsewhere] of [
      ['foreign', foreign],
      ['older', older],
    ] as const) {
      for (const [other, bytes] of elsewhere) {
        if (other === path) continue;
        yield { name: `${kind} ${short(other)} as ${short(path)}`, ...vitalOf(path), put: (disk) => disk.plant(path, bytes) };
      }
    }
  }
}

/** A commit again under the next numbers: in one of its places, or in both. */
function* replays({ files }: WholeWorld): Generator<Pairing> {
  for (const [path, bytes] of files) {
    const found = /commits\/(\d{10})-([0-9a-f]{64})/.exec(path);
    if (found === null) continue;
    for (const sequence of ['0000000001', '0000000002', '0000000003']) {
      if (sequence === found[1]) continue;
      const named = `/disk/commits/${sequence}-${found[2] ?? ''}.commit`;
      const copy = `/disk/copies/commits/${sequence}.commit`;
      yield { name: `${short(path)} again as ${sequence}`, put: (disk) => disk.plant(named, bytes) };
      yield { name: `${short(path)} in the copy ${sequence}`, put: (disk) => disk.plant(copy, bytes) };
      yield {
        name: `${short(path)} again as ${sequence}, twice`,
        put(disk) {
          disk.plant(named, bytes);
          disk.plant(copy, bytes);
        },
      };
    }
  }
}

/** Each record of each pack over each other, before each other, and parts of its header; and each header with another byte: its type, too. */
function* records({ catalog, files }: WholeWorld): Generator<Pairing> {
  const places = recordsOf(catalog);
  const pathOf = (place: ChunkLocation): string => [...files.keys()].find((path) => path.includes(place.pack)) ?? '';
  for (const [index, place] of places.entries()) {
    const path = pathOf(place);
    for (const [otherIndex, other] of places.entries()) {
      if (index === otherIndex) continue;
      const taken = files.get(pathOf(other))?.subarray(other.recordOffset, other.recordOffset + other.recordLength);
      const before = place.recordOffset;
      yield {
        name: `record ${otherIndex} once more before record ${index}`,
        put(disk) {
          const bytes = disk.readWhole(path);
          disk.plant(path, Uint8Array.from([...bytes.slice(0, before), ...(taken ?? []), ...bytes.slice(before)]));
        },
      };
      for (const length of [other.recordLength, other.recordLength - 16, 100, 64, 48, 32, 20, 12]) {
        yield {
          name: `${length} bytes of record ${otherIndex} over record ${index}`,
          put: (disk) => disk.plant(path, overwritten(disk.readWhole(path), place.recordOffset, taken?.subarray(0, length))),
        };
      }
    }
    for (let at = 0; at < 32; at++) {
      yield {
        name: `byte ${at} of the header of record ${index}`,
        put: (disk) => disk.plant(path, changed(disk.readWhole(path), place.recordOffset + at)),
      };
    }
  }
}

/** One place for each record. */
function recordsOf(catalog: MapCatalog): ChunkLocation[] {
  const found = new Map<string, ChunkLocation>();
  for (const id of catalog.chunkIds()) {
    const place = catalog.locate(id);
    if (place !== undefined) found.set(`${place.pack} ${place.record}`, place);
  }
  return [...found.values()];
}

function overwritten(bytes: Uint8Array, at: number, by: Uint8Array = new Uint8Array(0)): Uint8Array {
  bytes.set(by.subarray(0, bytes.length - at), at);
  return bytes;
}

function changed(bytes: Uint8Array, at: number): Uint8Array {
  bytes[at] = ((bytes[at] ?? 0) + 1) & 255;
  return bytes;
}

/** A storage of the same person, with the same password and other keys. */
async function foreignFiles(): Promise<Map<string, Uint8Array>> {
  const files = new SimFileSystem();
  const storage = await createOn(files);
  const deps = afterBoot(files);
  const catalog = new MapCatalog();
  await commitContents({ storage, deps }, catalog, { a: someBytes(20_000, 91) });
  await commitContents({ storage, deps }, catalog, { b: someBytes(20_000, 92) });
  return files.files();
}

const vitalOf = (path: string): { readonly vital?: string } => (path.includes('/packs/') ? {} : { vital: path });
const short = (path: string): string => path.slice('/disk/'.length).slice(0, 30);
