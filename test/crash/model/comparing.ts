import type { ContentPart, Manifest } from '../../../src/shared/domain/item.ts';
import { openStorage } from '../../../src/engine/storage/index.ts';
import { openLocalTarget } from '../../../src/engine/targets/local/index.ts';
import { MapCatalog } from '../../kit/storage-world.ts';
import { storedVersions } from './commands/machines.ts';
import { itemOf, type ModelWorld, numberOfSource } from './model-world.ts';
import { bytesOf, type Life, newestOf, type PlainStorage, type PlainVersion, thereAt } from './plain-storage.ts';

/** Throws where the storage does not say what the map says. Learns which items are meant by those that are new. */
export async function requireEqual(world: ModelWorld, plain: PlainStorage, bytes: 'all' | 'present'): Promise<void> {
  learnItems(world, plain);
  requireNobodyElse(world, plain);
  for (const life of plain.lives) requireHistory(world, life);
  for (const atMs of [
    null,
    ...plain.lives.flatMap((life) => life.versions.slice(-2).map(({ validFromMs }) => validFromMs)),
  ].slice(0, 6))
    requireListing(world, plain, atMs);
  const moments = world.catalog.moments(10_000).map(({ sequence }) => sequence);
  requireSame('moments', moments.sort(byNumber), [...plain.moments].sort(byNumber));
  requireSame(
    'holds',
    world.catalog
      .holds()
      .map(({ id }) => id)
      .sort(),
    plain.holds.map(({ id }) => id).sort(),
  );
  requireAbsent(world, plain);
  for (const life of plain.lives) {
    for (const [index, version] of life.versions.entries()) {
      const isWanted = bytes === 'all' || version === newestOf(life);
      if (isWanted && !version.isHidden) await requireBytes(world, life, index + 1, version);
    }
  }
}

/** A commit of nothing but this looks like none otherwise. */
function requireAbsent({ catalog }: ModelWorld, { absent }: PlainStorage): void {
  const found = catalog.freezes().flatMap(({ reason, source }) => (isOfAbsence.has(reason) ? [numberOfSource(source)] : []));
  requireSame('absent', [...new Set(found)].sort(byNumber), [...absent].sort(byNumber));
}

const isOfAbsence: ReadonlySet<string> = new Set(['emptied', 'missing']);

const byNumber = (a: number, b: number): number => a - b;

function requireSame(what: string, found: unknown, expected: unknown): void {
  const [a, b] = [JSON.stringify(found), JSON.stringify(expected)];
  if (a !== b) throw new Error(`${what}: ${a} instead of ${b}`);
}

function learnItems({ catalog }: ModelWorld, plain: PlainStorage): void {
  const known = new Set(plain.lives.map(({ item }) => item));
  for (const { manifest } of catalog.select({ items: [], sources: [], recursive: true }, null)) {
    if (manifest.kind === 'folder' || known.has(manifest.item)) continue;
    const source = numberOfSource(manifest.source);
    const life = plain.lives.find((one) => one.item === null && one.name === manifest.name && one.source === source);
    if (life === undefined) throw new Error(`${manifest.name} is listed, and was never saved`);
    life.item = manifest.item;
  }
}

/** Each item that is seen anywhere is one of the map's. */
function requireNobodyElse({ catalog }: ModelWorld, plain: PlainStorage): void {
  const seen = new Set<string>();
  for (const { item } of catalog.tree(null)) {
    const query = { folder: item, atMs: null, mode: 'all', sort: 'name', descending: false, offset: 0, limit: 1000 } as const;
    for (const row of catalog.page(query).rows) seen.add(row.item);
  }
  const expected = plain.lives.filter(({ versions }) => versions.some(({ isHidden, state }) => !isHidden && state !== null));
  requireSame('items', [...seen].sort(), expected.map(({ item }) => itemOf(item)).sort());
}

function requireHistory({ catalog }: ModelWorld, life: Life): void {
  const found = catalog.history(itemOf(life.item)).map(({ manifest, isHidden }) => ({
    version: manifest.version,
    validFromMs: manifest.validFromMs,
    isGone: manifest.change === 'deleted',
    isHidden,
    isStub: manifest.removed === true,
    ...(manifest.removed === true || manifest.change === 'deleted' ? {} : { flag: flagOf(manifest) }),
  }));
  const expected = life.versions.map(({ validFromMs, state, isHidden, stubbedBy }, index) => ({
    version: index + 1,
    validFromMs,
    isGone: state === null,
    isHidden,
    isStub: stubbedBy !== null,
    ...(stubbedBy !== null || state === null ? {} : { flag: String(state.flag) }),
  }));
  requireSame(`history of ${life.name}`, found, expected);
}

const flagOf = ({ metadata }: Manifest): string => String(metadata['flags']);

function requireListing({ catalog }: ModelWorld, plain: PlainStorage, atMs: number | null): void {
  const found: string[] = [];
  for (const { manifest, folders } of catalog.select({ items: [], sources: [], recursive: true }, atMs)) {
    const path = [numberOfSource(manifest.source), ...folders.map(({ name }) => name), manifest.name].join('/');
    if (manifest.kind !== 'folder') found.push(`${path} ${manifest.version} ${flagOf(manifest)}`);
  }
  const expected = plain.lives.flatMap((life) => {
    const there = thereAt(life, atMs);
    if (there?.state === undefined || there.state === null) return [];
    const { folder, flag } = there.state;
    return [`${life.source}/${folder}/${life.name} ${life.versions.indexOf(there) + 1} ${flag}`];
  });
  requireSame(`listing as of ${atMs ?? 'now'}`, found.sort(), expected.sort());
}

async function requireBytes({ storage, catalog }: ModelWorld, life: Life, number: number, version: PlainVersion): Promise<void> {
  if (version.state === null) return;
  const part = catalog.version(itemOf(life.item), number)?.contents[0];
  if (part === undefined) throw new Error(`version ${number} of ${life.name} has no content`);
  await requireContent(storage.read(part, catalog), version.state.content, `${life.name}, version ${number}`);
}

async function requireContent(pieces: AsyncIterable<Uint8Array>, content: number, what: string): Promise<void> {
  const read: Uint8Array[] = [];
  for await (const piece of pieces) read.push(piece.slice());
  if (Buffer.compare(Buffer.concat(read), bytesOf(content)) !== 0) throw new Error(`${what}: wrong bytes`);
}

/** The mirror has what it repeated, as it was then, and the bytes of it. */
export async function requireMirrored(world: ModelWorld, plain: PlainStorage): Promise<void> {
  const target = openLocalTarget(world.files, '/mirror', world.random);
  const storage = await openStorage(target, { by: 'device', secret: world.mirrorSecret }, world.deps);
  const catalog = MapCatalog.rebuilt(storage);
  const all = new Map(storedVersions(storage).map((manifest) => [`${manifest.item}.${manifest.version}`, manifest]));
  for (const [at, life] of plain.lives.entries()) {
    for (const [index, { state }] of life.versions.entries()) {
      const manifest = all.get(`${life.item}.${index + 1}`);
      const found = manifest === undefined ? undefined : manifest.removed === true ? 'stub' : 'whole';
      const expected = plain.mirrored.get(`${at}.${index}`);
      if (found !== expected) throw new Error(`the mirror has version ${index + 1} of ${life.name} as ${found}, not ${expected}`);
      const [part]: readonly (ContentPart | undefined)[] = manifest?.contents ?? [];
      if (found === 'whole' && state !== null && part !== undefined)
        await requireContent(storage.read(part, catalog), state.content, `${life.name} in the mirror`);
    }
  }
  storage.close();
}
