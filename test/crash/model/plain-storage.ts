import type { HoldId, ItemId, RunId } from '../../../src/shared/domain/ids.ts';
import { someBytes } from '../../kit/storage-world.ts';

/** How an item is at its source. What a content's number is, its bytes are. */
export interface State {
  readonly folder: string;
  readonly content: number;
  readonly flag: number;
}

export interface PlainVersion {
  readonly validFromMs: number;
  /** Null: it is gone. */
  readonly state: State | null;
  /** It is in one of the commits after the first number, up to the second. */
  readonly commits: readonly [after: number, upTo: number];
  isHidden: boolean;
  /** The prune of that sequence left nothing of it but its place. */
  stubbedBy: number | null;
}

export interface Life {
  readonly source: number;
  readonly name: string;
  /** Found out when it is first listed. */
  item: ItemId | null;
  readonly versions: PlainVersion[];
}

export interface PlainHold {
  readonly id: HoldId;
  readonly source?: number;
  readonly folder?: readonly [source: number, folder: string];
  readonly life?: number;
  /** With `life`: this one alone. */
  readonly version?: number;
}

/** What a mirror has of a version. */
export type Repeated = 'whole' | 'stub';

/** What a storage is, as a map: source → item → versions. Everything else is what was said about them. */
export interface PlainStorage {
  readonly lives: Life[];
  /** Commits that are moments and not forgotten. */
  moments: number[];
  holds: PlainHold[];
  /** What retention runs hid and forgot. */
  readonly hidings: {
    readonly run: RunId;
    readonly versions: (readonly [life: number, version: number])[];
    readonly forgets: number[];
  }[];
  /** Sources that were not what they were, when they were last looked for. */
  readonly absent: Set<number>;
  /** Prunes whose packs still lie in the trash. */
  trash: number[];
  /** Passwords that open it. */
  passwords: string[];
  /** A change broke off, and left two passwords for one: until there is a new key none of them is changed or taken away alone. */
  hasTwins: boolean;
  /** Of life and version, as `3.1`. */
  readonly mirrored: Map<string, Repeated>;
  /** The newest commit that the mirror repeated. */
  mirroredUpTo: number;
}

export const emptyPlain = (password: string): PlainStorage => ({
  lives: [],
  moments: [],
  holds: [],
  hidings: [],
  absent: new Set(),
  trash: [],
  passwords: [password],
  hasTwins: false,
  mirrored: new Map(),
  mirroredUpTo: 0,
});

export const copyPlain = (plain: PlainStorage): PlainStorage => structuredClone(plain);

/** Small ones that share a bundle, and some that are cut into several chunks. */
const sizes = [200, 40_000, 3000, 700, 12_000, 90];
const known = new Map<number, Uint8Array>();

export function bytesOf(content: number): Uint8Array {
  const bytes =
    known.get(content) ?? someBytes(sizes[content % sizes.length] ?? 1, content, content % 2 === 0 ? 'text' : 'noise');
  known.set(content, bytes);
  return bytes;
}

export const newestOf = (life: Life): PlainVersion | undefined => life.versions.at(-1);

/** The version of a moment, where it is seen and no deletion. */
export function thereAt(life: Life, atMs: number | null): PlainVersion | undefined {
  const valid = life.versions.findLast(({ validFromMs }) => atMs === null || validFromMs <= atMs);
  return valid === undefined || valid.isHidden || valid.state === null ? undefined : valid;
}

/** What is saved of a source now, whether it is seen or not. */
export function savedOf(plain: PlainStorage, source: number): Map<string, State> {
  const saved = new Map<string, State>();
  for (const life of plain.lives) {
    const state = newestOf(life)?.state;
    if (life.source === source && state) saved.set(life.name, state);
  }
  return saved;
}

const isSame = (a: State | null, b: State | null): boolean => JSON.stringify(a) === JSON.stringify(b);

/** A cycle saw the source so. An item that comes back goes on where its end is still seen, and what it was before; else it begins anew. */
export function saveSource(
  plain: PlainStorage,
  source: number,
  now: ReadonlyMap<string, State>,
  { atMs, commits }: { readonly atMs: number; readonly commits: readonly [number, number] },
): void {
  const saved = savedOf(plain, source);
  for (const name of new Set([...saved.keys(), ...now.keys()])) {
    const state = now.get(name) ?? null;
    if (isSame(saved.get(name) ?? null, state)) continue;
    const life = goingOn(plain, source, name, state);
    const before = newestOf(life)?.validFromMs;
    const validFromMs = before === undefined ? atMs : Math.max(atMs, before + 1);
    life.versions.push({ validFromMs, state, commits, isHidden: false, stubbedBy: null });
  }
}

function goingOn(plain: PlainStorage, source: number, name: string, state: State | null): Life {
  const last = plain.lives.findLast((life) => life.source === source && life.name === name);
  const isSeen = last?.versions.slice(-2).every(({ isHidden }) => !isHidden) === true;
  if (last !== undefined && (newestOf(last)?.state || (isSeen && state !== null))) return last;
  const life: Life = { source, name, item: null, versions: [] };
  plain.lives.push(life);
  return life;
}

export function isHeld(plain: PlainStorage, life: number, version: number): boolean {
  const it = plain.lives[life];
  return plain.holds.some(
    (hold) =>
      hold.source === it?.source ||
      (hold.life === life && (hold.version === undefined || hold.version === version)) ||
      (hold.folder?.[0] === it?.source && it?.versions.some(({ state }) => state?.folder === hold.folder?.[1])),
  );
}
