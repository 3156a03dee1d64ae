import type { Step } from './step.ts';

const storage = 'src/engine/storage';

/** What a record goes through before a pack takes it, and a cycle before it is true. */
export const writingSteps: readonly Step[] = [
  {
    name: 'a sealed record is opened, unpacked and hashed again',
    file: `${storage}/record-sealer.ts`,
    text: '    this.#verify(cipher, ordinal, header, sealed, draft);\n',
    without: '',
    trial: 'bad memory',
  },
  {
    name: 'what came back of a record is hashed',
    file: `${storage}/record-sealer.ts`,
    text: ' && draft.isGenuine(plain);',
    without: ';',
    trial: 'bad memory',
  },
  {
    name: 'a chunk is compared with its id before its pack takes it',
    file: `${storage}/record-sink.ts`,
    text: 'this.#keys.isChunk(id, plain);',
    without: 'plain.length > 0;',
    trial: 'bad memory',
  },
  {
    name: 'each chunk of a bundle is compared with its id',
    file: `${storage}/bundle.ts`,
    text: 'areChunks(keys, back, chunks) && ',
    without: '',
    trial: 'bad memory',
  },
  {
    name: 'the table of a bundle is compared with its id',
    file: `${storage}/bundle.ts`,
    text: ' && keys.recordId(back.subarray(tableAt)) === id;',
    without: ';',
    trial: 'bad memory',
  },
  {
    name: 'manifests are compared with their id',
    file: `${storage}/manifest-batch.ts`,
    text: 'isGenuine: (back) => this.#keys.recordId(back) === id',
    without: 'isGenuine: () => true',
    trial: 'bad memory',
  },
  {
    name: 'a footer is compared with what it was to be',
    file: `${storage}/pack-writer.ts`,
    text: 'isGenuine: (plain) => Buffer.compare(sha256(plain), expected) === 0,',
    without: 'isGenuine: () => true,',
    trial: 'bad memory',
  },
  {
    name: 'packs are durable before the commit',
    file: `${storage}/storage-writer.ts`,
    text: 'await Promise.all([this.#pool?.flush(), this.#dataLane.durable(), this.#manifestLane.durable()]);',
    without: 'await (this.#dataLane.close(), this.#manifestLane.close(), new Promise((done) => setImmediate(() => done([]))));',
    trial: 'crash',
    workload: 'later cycle, far behind',
  },
  {
    name: 'a failed pack fails the cycle',
    file: `${storage}/pack-lane.ts`,
    text: `    await Promise.all(this.#unsynced);
    this.throwIfFailed();`,
    without: '    await Promise.all(this.#unsynced);',
    trial: 'disk errors',
    workload: 'later cycle',
  },
  {
    name: 'the lock is read again before the commit',
    file: `${storage}/storage-writer.ts`,
    text: '    lock.assertHeld();\n    stopIfCancelled(run);',
    without: '    stopIfCancelled(run);',
    trial: 'two at once',
  },
  {
    name: 'a commit follows the state that its cycle began with',
    file: `${storage}/commit-chain.ts`,
    text: "    if ((previous?.id ?? null) !== basis) throw new StrataError('storage.lock-lost', 'later');\n",
    without: '',
    trial: 'two at once',
  },
  {
    name: 'nothing is committed upon a commit that the catalog does not know',
    file: `${storage}/storage-writer.ts`,
    text: 'known === undefined ? (parts.chain.head()?.id ?? null) : known.id',
    without: 'parts.chain.head()?.id ?? null',
    trial: 'two at once',
  },
  {
    name: 'a commit is read back',
    file: `${storage}/commit-chain.ts`,
    text: '    return this.readFile(commitCopyName(sequence), sequence);\n  }\n\n  /**\n   * Under a write lock',
    without:
      '    return { commit: commitOf({ storage: this.#parts.storage, sequence, previous: basis } as never, payload, id), roots: payload.manifests };\n  }\n\n  /**\n   * Under a write lock',
    trial: 'lying disk',
    workload: 'cycle without a change',
  },
  {
    name: 'what lies in a pack that is gone is stored again',
    file: `${storage}/known-chunks.ts`,
    text: ' && this.#packs.has(location.pack)',
    without: '',
    trial: 'lost pack',
  },
  {
    name: 'slots are there before STORAGE is',
    file: `${storage}/open-storage.ts`,
    text: '  const header = newHeader(name, chunking ?? defaultChunking, keys, deps);',
    without:
      '  const header = newHeader(name, chunking ?? defaultChunking, keys, deps);\n  for (const file of headerNames) target.put(file, header.file);',
    trial: 'crash',
    workload: 'create',
  },
  {
    name: 'on a full disk a lock or a commit gets the place of the ballast',
    file: `${storage}/ballast.ts`,
    text: '      this.release();\n      return action();',
    without: '      throw error;',
    trial: 'crash',
    workload: 'a commit in the place of the ballast',
  },
  {
    name: 'there is a ballast again when there is room',
    file: `${storage}/storage-writer.ts`,
    text: '    await ballast.keep();\n',
    without: '',
    trial: 'crash',
    workload: 'a commit in the place of the ballast',
  },
  {
    name: 'a file that changed while it was read is not taken',
    file: `${storage}/stable-file.ts`,
    text: '    requireSame(this.#content, this.#handle);',
    without: '',
    trial: 'changing file',
  },
];
