// The history of one item, as `strata history --json` gives it.
import { complain } from './bytes.mjs';

/** @typedef {import('./contents.mjs').Contents} Contents */
/** @typedef {import('./contents.mjs').Manifest} Manifest */
/** @typedef {{ validFromMs: number, validToMs: number | null }} Interval */

/** @param {Contents} contents @param {string} item */
export function historyOf(contents, item) {
  const versions = contents.manifests.filter((manifest) => manifest.item === item);
  if (versions.length === 0) complain('There is no item with this id.');
  const intervals = digestIntervals(versions);
  return versions.map((manifest, at) => {
    const { version, change, run, folder, name, sizeBytes, removed } = manifest;
    const isHidden = contents.hidden.has(`${item}.${version}`);
    const transaction = {
      transaction: `${item}.${version}`,
      item,
      version,
      validFrom: iso(manifest.validFromMs),
      validTo: isoOrNull(versions[at + 1]?.validFromMs ?? null),
      change,
      run,
      folder,
    };
    // Of a purged one there is no more to tell.
    if (removed === true) return { ...transaction, purged: true };
    return {
      ...transaction,
      folderPath: contents.pathOf(manifest, contents.at(manifest.validFromMs)).slice(1, -1).join('/'),
      name,
      metadata: manifest.metadata,
      digest: manifest.contents[0]?.digest ?? null,
      contents: manifest.contents.map(({ part, digest, sizeBytes: size }) => {
        const { validFromMs, validToMs } = intervals[at]?.get(part) ?? { validFromMs: manifest.validFromMs, validToMs: null };
        return { part, digest, size, validFrom: iso(validFromMs), validTo: isoOrNull(validToMs) };
      }),
      ...(isHidden ? { hidden: true } : {}),
      size: sizeBytes,
    };
  });
}

/**
 * When a digest began and ended, which may be longer than a version: a change of metadata leaves it running.
 * @param {Manifest[]} versions @returns {Map<string, Interval>[]}
 */
function digestIntervals(versions) {
  /** @type {Map<string, { digest: string, interval: Interval }>} */
  let running = new Map();
  return versions.map((manifest) => {
    // What was purged tells no digest. Where its change left the content alone, the interval goes on.
    if (manifest.removed === true && (manifest.change === 'metadata' || manifest.change === 'moved')) return new Map();
    /** @type {typeof running} */
    const now = new Map();
    for (const { part, digest } of manifest.contents) {
      const before = running.get(part);
      now.set(part, {
        digest,
        interval: before?.digest === digest ? before.interval : { validFromMs: manifest.validFromMs, validToMs: null },
      });
    }
    for (const [part, { interval }] of running)
      if (now.get(part)?.interval !== interval) interval.validToMs = manifest.validFromMs;
    running = now;
    return new Map([...now].map(([part, { interval }]) => [part, interval]));
  });
}

/** @param {number} timeMs */
const iso = (timeMs) => new Date(timeMs).toISOString();
/** @param {number | null} timeMs */
const isoOrNull = (timeMs) => (timeMs === null ? null : iso(timeMs));
