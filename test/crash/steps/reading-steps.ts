import type { Step } from './step.ts';

const storage = 'src/engine/storage';

/** What is asked of bytes before anybody believes them. */
export const readingSteps: readonly Step[] = [
  {
    name: 'a header is what the keys wrote',
    file: `${storage}/storage-header.ts`,
    text: '.find((header) => keys.isMac(firstEpoch, header.authenticated, header.mac));',
    without: '.find((header) => header.mac.length > 0);',
    trial: 'pairings',
  },
  {
    name: 'a commit is what the keys wrote',
    file: `${storage}/commit-chain.ts`,
    text: "    if (!keys.isMac(parsed.epoch, parsed.authenticated, parsed.mac)) throw complain('authentication');\n",
    without: '',
    trial: 'damage',
  },
  {
    name: 'a commit is the one of its number',
    file: `${storage}/commit-chain.ts`,
    text: "    if (parsed.storage !== storage || parsed.sequence !== sequence) throw complain('not the commit of this name');\n",
    without: '',
    trial: 'pairings',
  },
  {
    name: 'a commit has the hash of its name',
    file: `${storage}/commit-chain.ts`,
    text: "    if (named !== undefined && named.id !== id) throw complain('hash');\n",
    without: '',
    trial: 'forked commit',
  },
  {
    name: 'a record opens with its tag alone',
    file: 'src/engine/crypto/pack-cipher.ts',
    text: 'this.#sodium.open(into, sealed, associated, nonceOf(ordinal), this.#keys[purpose])',
    without: '(this.#sodium.open(into, sealed, associated, nonceOf(ordinal), this.#keys[purpose]) || true)',
    trial: 'forged record',
  },
  {
    name: 'a chunk that is read is what its id says',
    file: `${storage}/content-reader.ts`,
    text: "      if (epoch === undefined) throw recordComplaint(this.#reader.origin(location.pack))('chunk');\n",
    without: '',
    trial: 'wrong catalog',
  },
  {
    name: 'a content that is read is what its digest says',
    file: `${storage}/content-reader.ts`,
    text: '      if (index === last && (size !== sizeBytes || this.#keys.contentDigest(chunks, epoch) !== digest)) throw this.#wrongList();\n',
    without: '',
    trial: 'wrong catalog',
  },
  {
    name: 'a check compares a pack with its name',
    file: `${storage}/pack-check.ts`,
    text: "hash.hex() === this.#pack.id ? wrongRecord : this.#complaint('hash of the file')",
    without: 'wrongRecord',
    trial: 'damage',
  },
  {
    name: 'a check compares the size of a pack',
    file: `${storage}/pack-check.ts`,
    text: '    if (size !== this.#pack.sizeBytes) this.#add(',
    without: '    if (size === undefined) this.#add(',
    trial: 'grown pack',
  },
  {
    name: 'a check asks the keys about each header',
    file: `${storage}/check-vitals.ts`,
    text: "return keys.isMac(firstEpoch, header.authenticated, header.mac) ? [] : [damaged(target, file, 'authentication')];",
    without: 'return [];',
    trial: 'pairings',
  },
  {
    name: 'a check misses a header',
    file: `${storage}/check-vitals.ts`,
    text: "    if (header === undefined) return [damaged(target, file, 'missing')];\n",
    without: '    if (header === undefined) return [];\n',
    trial: 'damage',
  },
  {
    name: 'a check misses a slot’s copy',
    file: `${storage}/check-vitals.ts`,
    text: "whole.flatMap(({ broken }) => broken.map((file) => damaged(target, file, 'copy')));",
    without: 'whole.flatMap(() => [] as { file: string; failure: StrataError }[]);',
    trial: 'damage',
  },
  {
    name: 'a check misses a commit’s copy',
    file: `${storage}/check-vitals.ts`,
    text: "  if (target.size(file) === undefined) return damaged(target, file, 'missing');\n",
    without: "  if (target.size(file) === undefined) return { file, id: '' as CommitId, previous: null };\n",
    trial: 'damage',
  },
];
