import type { Commit, ItemVersions } from '../../../shared/domain/commit.ts';
import type { RunId } from '../../../shared/domain/ids.ts';
import type { Catalog } from '../../catalog/index.ts';
import type { RunContext } from '../../kernel/run-context.ts';
import { commitActs, inCommits, type Saying } from './hiding.ts';

export interface Undone {
  readonly moments: number;
  readonly versions: number;
  /** Versions that were removed since and cannot be shown again. */
  readonly gone: number;
}

/** Shows again what the commits of one retention run hid, as far as there is more left of it than a stub. */
export async function undoRetention(of: RunId, saying: Saying, run: RunContext): Promise<Undone> {
  const { storage, catalog } = saying;
  const hidden: ItemVersions[] = [];
  const moments: number[] = [];
  for (const commit of storage.commits(0)) if (isOf(commit, of)) take(commit, hidden, moments);
  let gone = 0;
  const shows: ItemVersions[] = [];
  for (const { item, versions } of hidden) {
    const whole = wholeVersions(catalog, item);
    const left = versions.filter((version) => whole.has(version));
    gone += versions.length - left.length;
    if (left.length > 0) shows.push({ item, versions: left });
  }
  const acts: { shows?: ItemVersions[]; remembers?: number[] }[] = [...inCommits(shows)].map((part) => ({ shows: part }));
  if (moments.length > 0) acts[0] = { remembers: moments, ...acts[0] };
  await commitActs('retention', acts, saying, run);
  return { moments: moments.length, versions: shows.reduce((sum, { versions }) => sum + versions.length, 0), gone };
}

const isOf = ({ kind, run }: Commit, wanted: RunId): boolean => kind === 'retention' && run === wanted;

function take({ hides = [], forgets = [] }: Commit, hidden: ItemVersions[], moments: number[]): void {
  hidden.push(...hides);
  moments.push(...forgets);
}

function wholeVersions(catalog: Catalog, item: ItemVersions['item']): Set<number> {
  const whole = catalog.history(item).filter(({ manifest }) => manifest.removed !== true);
  return new Set(whole.map(({ manifest }) => manifest.version));
}
