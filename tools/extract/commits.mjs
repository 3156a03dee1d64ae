// The chain of commits: docs/format/commit.md.
import { complain, derive, hex, keyed, namesIn, readMaybe, sha256, startsWith, u16, u32, unseal, view, warn } from './bytes.mjs';
import { openBody } from './packs.mjs';

/** @typedef {{ sequence: number, id: string, previous: string | null, epoch: number, payload: any }} Commit */
/** @typedef {import('./keys.mjs').Keys} Keys */

/** @param {string} storage @param {Keys} keys @param {string} id @returns {Commit[]} */
export function readCommits(storage, keys, id) {
  /** @type {Map<number, string[]>} */
  const files = new Map();
  for (const [folder, pattern] of /** @type {const} */ ([
    ['copies/commits', /^(\d{10})\.commit$/],
    ['commits', /^(\d{10})-[0-9a-f]{64}\.commit$/],
  ])) {
    for (const name of namesIn(storage, folder)) {
      const sequence = Number(pattern.exec(name)?.[1] ?? 0);
      if (sequence > 0) files.set(sequence, [...(files.get(sequence) ?? []), `${folder}/${name}`]);
    }
  }
  const commits = [];
  let previous = null;
  for (let sequence = 1; files.has(sequence); sequence += 1) {
    const commit = (files.get(sequence) ?? []).map((name) => readCommit(storage, keys, id, sequence, name)).find(Boolean);
    if (commit === undefined) complain(`Both copies of commit ${sequence} are damaged.`);
    if (commit.previous !== previous) complain(`Commit ${sequence} does not follow the one before it.`);
    previous = commit.id;
    commits.push(commit);
  }
  if (files.size !== commits.length) warn(`After commit ${commits.length} one is missing; what follows it is not shown.`);
  return commits;
}

/** @param {string} storage @param {Keys} keys @param {string} id @param {number} sequence @param {string} name @returns {Commit | undefined} */
export function readCommit(storage, keys, id, sequence, name) {
  const file = readMaybe(storage, name);
  if (file === undefined || file.length < 160 || !startsWith(file, 'STRCMT')) return undefined;
  const epoch = u32(file, 12);
  if (u16(file, 8) > 1) complain('A commit was written by a newer Strata.');
  if (!keys.masters.has(epoch) || hex(keyed(keys.of(epoch, 'commit-mac'), file.subarray(0, -32))) !== hex(file.subarray(-32)))
    return undefined;
  const head = file.subarray(0, 112);
  if (Buffer.from(head.subarray(16, 36)).toString('ascii') !== id || Number(view(head).getBigUint64(36, true)) !== sequence)
    return undefined;
  const key = derive(keys.of(epoch, 'meta-enc'), 'commit', head.subarray(76, 108));
  const payload = JSON.parse(Buffer.from(openBody(unseal(key, new Uint8Array(24), head, file.subarray(112, -32)))).toString());
  const previous = hex(head.subarray(44, 76));
  return { sequence, id: sha256(file), previous: /^0+$/.test(previous) ? null : previous, epoch, payload };
}
