// What all commits together say: which versions there are, and where their content lies. docs/format/{commit,manifest}.md.
import { attempt, complain } from './bytes.mjs';
import { Packs } from './packs.mjs';

/** @typedef {{ item: string, version: number, kind: string, source: string, folder: string | null, key: string, name: string, change: string,
 *   validFromMs: number, run: string, sizeBytes: number, metadata: Record<string, unknown>, summary: { title: string, timeMs?: number },
 *   contents: { part: string, digest: string, sizeBytes: number, chunks: string[] }[], removed?: true }} Manifest */
/** @typedef {{ pack: string, ordinal: number, offset: number, length: number, at: number, size: number }} Place */
/** @typedef {import('./commits.mjs').Commit} Commit */
/** @typedef {import('./packs.mjs').Entry} Entry */
/** @typedef {import('./keys.mjs').Keys} Keys */

export class Contents {
  /** @param {string} storage @param {Keys} keys @param {Commit[]} commits */
  constructor(storage, keys, commits) {
    this.commits = commits;
    this.keys = keys;
    this.packs = new Packs(storage, keys);
    /** @type {Manifest[]} In the order in which they became true. */
    this.manifests = [];
    /** @type {Set<string>} Versions that are hidden: `item.version`. */
    this.hidden = new Set();
    /** @type {Map<string, Place>} */
    this.places = new Map();
    /** @type {Map<string, string>} */
    this.sources = new Map();
    this.#readActs();
    this.#readManifests();
  }

  #readActs() {
    /** @type {Set<string>} */
    this.gone = new Set();
    /** @type {Map<string, { pack: string, record: number }>} */
    this.moved = new Map();
    /** @type {Set<number>} */
    this.forgotten = new Set();
    for (const { payload } of this.commits) {
      for (const { id } of payload.packs) this.gone.delete(id);
      for (const { id, name } of payload.sources) this.sources.set(id, name);
      for (const sequence of payload.forgets ?? []) this.forgotten.add(sequence);
      for (const sequence of payload.remembers ?? []) this.forgotten.delete(sequence);
      for (const { item, versions } of payload.hides ?? []) for (const version of versions) this.hidden.add(`${item}.${version}`);
      for (const { item, versions } of payload.shows ?? [])
        for (const version of versions) this.hidden.delete(`${item}.${version}`);
      for (const { pack, record, to } of payload.movedManifests ?? []) this.moved.set(`${pack}.${record}`, to);
      for (const pack of payload.removes ?? []) this.gone.add(pack);
    }
  }

  #readManifests() {
    /** @type {Map<string, Entry[]>} */
    const indexes = new Map();
    /** @param {string} pack */
    const index = (pack) => {
      const entries = indexes.get(pack) ?? this.packs.entries(pack);
      indexes.set(pack, entries);
      return entries;
    };
    for (const { payload, sequence } of this.commits) {
      for (const { id } of payload.packs) if (!this.gone?.has(id)) attempt(`pack ${id}`, () => this.#takePlaces(id, index(id)));
      for (const root of payload.manifests) {
        const { pack, record } = this.moved?.get(`${root.pack}.${root.record}`) ?? root;
        attempt(`manifests of commit ${sequence}`, () => {
          const entry = index(pack).find(({ ordinal }) => ordinal === record) ?? complain('no such record');
          const lines = Buffer.from(this.packs.plain(pack, entry)).toString().trimEnd().split('\n');
          for (const line of lines.slice(1)) this.manifests.push(JSON.parse(line));
        });
      }
    }
  }

  /** @param {string} pack @param {Entry[]} entries */
  #takePlaces(pack, entries) {
    for (const { type, ordinal, offset, length, plainLength, id, chunks } of entries) {
      let at = 0;
      for (const chunk of type === 1 ? [{ id, length: plainLength }] : chunks) {
        if (!this.places.has(chunk.id)) this.places.set(chunk.id, { pack, ordinal, offset, length, at, size: chunk.length });
        at += chunk.length;
      }
    }
  }

  /** The content of a part, piece by piece, each checked; throws at the end when the whole is not what it was. @param {Manifest['contents'][number]} part */
  *content(part) {
    let size = 0;
    for (const id of part.chunks) {
      const place = this.places.get(id);
      if (place === undefined) throw new Error('a chunk lies nowhere');
      const bytes = this.packs.plain(place.pack, place).subarray(place.at, place.at + place.size);
      if (!this.keys.isId(id, bytes)) throw new Error('a chunk is damaged');
      size += bytes.length;
      yield bytes;
    }
    if (size !== part.sizeBytes || !this.keys.isDigest(part.digest, part.chunks))
      throw new Error('the content is not what it was');
  }

  /** The state at a moment: item → its manifest. @param {number} atMs @returns {Map<string, Manifest>} */
  at(atMs) {
    const state = new Map();
    for (const manifest of this.manifests) if (manifest.validFromMs <= atMs) state.set(manifest.item, manifest);
    for (const [item, { version, change, removed }] of state) {
      if (change === 'deleted' || removed === true || this.hidden.has(`${item}.${version}`)) state.delete(item);
    }
    return state;
  }

  /** @param {Manifest} manifest @param {Map<string, Manifest>} state @returns {string[]} */
  pathOf(manifest, state) {
    const names = [manifest.name];
    for (let id = manifest.folder; id !== null; ) {
      const folder = state.get(id);
      if (folder === undefined || names.length > 1000) break;
      if (folder.folder !== null) names.unshift(folder.name);
      id = folder.folder;
    }
    return [this.sources.get(manifest.source) ?? manifest.source, ...names];
  }
}
