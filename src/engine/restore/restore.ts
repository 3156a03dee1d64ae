import type { SourceId } from '../../shared/domain/ids.ts';
import type { Manifest } from '../../shared/domain/item.ts';
import type { ReadBackReport, RestoreReport } from '../../shared/domain/run.ts';
import { failureOf, isStrataError, StrataError } from '../../shared/domain/strata-error.ts';
import { type RunContext, stopIfCancelled } from '../kernel/run-context.ts';
import { measured, writtenForm } from './chosen.ts';
import { concernsPlace } from './failures.ts';
import { Lane, type RestoreInput } from './lane.ts';
import { readBack } from './read-back.ts';
import { Remembering } from './remembering.ts';
import { ReportBuilder } from './report.ts';
import type { Sessions } from './sessions.ts';
import { sideBySide } from './side-by-side.ts';

export async function runRestore(input: RestoreInput, run: RunContext): Promise<RestoreReport> {
  run.progress.phase('preparing');
  const lock = input.storage.lock('restore', 'read');
  const restore = new Restore(input, run);
  try {
    return await restore.run();
  } finally {
    await restore.close().finally(() => void lock.release());
  }
}

/** So many that are put off are in memory at most, of all lanes. */
const putOffAtMost = 5000;

/** What one lane gives back, and of which sources. */
interface Share {
  readonly sources: readonly SourceId[];
  readonly lane: Lane;
}

class Restore {
  readonly #input: RestoreInput;
  readonly #run: RunContext;
  readonly #report: ReportBuilder;
  readonly #remembering: Remembering | undefined;
  readonly #shares: Share[] = [];
  /** Those whose place could not be written to any more. */
  readonly #broken = new Map<Share, StrataError>();

  constructor(input: RestoreInput, run: RunContext) {
    this.#input = input;
    this.#run = run;
    this.#report = new ReportBuilder(input.dryRun);
    this.#remembering = input.remembering && new Remembering({ ...input.remembering, catalog: input.catalog });
  }

  async run(): Promise<RestoreReport> {
    const { dryRun, verify } = this.#input;
    const { progress } = this.#run;
    progress.phase(dryRun ? 'comparing' : 'writing');
    const size = measured(this.#input);
    progress.total(size.items, size.bytes);
    this.#open();
    await this.#each(({ lane }) => lane.writeFirst());
    if (!dryRun && this.#input.recentSinceMs !== undefined && !this.#run.finishSoon.aborted) progress.phase('writing-older');
    await this.#each(({ lane }) => lane.writeRest());
    if (this.#broken.size === 0 && this.#shares.every(({ lane }) => lane.isEmpty))
      throw new StrataError('restore.nothing-selected', 'never');
    stopIfCancelled(this.#run);
    progress.phase('finishing');
    if (!dryRun) await this.#each(({ lane }) => lane.finish());
    this.#throwIfNoneWorked();
    const reading = verify === true ? await this.#readBack() : undefined;
    const places = dryRun ? this.#shares.flatMap(({ lane }) => lane.room()) : undefined;
    const failedSources = this.#shares.flatMap((share) => (this.#broken.has(share) ? share.sources : []));
    return {
      ...this.#report.build(),
      ...(failedSources.length > 0 && { failedSources }),
      ...(reading && { readBack: reading }),
      ...(places && { places }),
    };
  }

  async close(): Promise<void> {
    for (const { lane } of this.#shares) await lane.close();
  }

  #open(): void {
    const groups = this.#groups();
    const shared = {
      report: this.#report,
      remembering: this.#remembering,
      putOffAtMost: Math.ceil(putOffAtMost / groups.length),
    };
    for (const [number, { place, sources }] of groups.entries()) {
      // Of a single lane it is left as it was asked for: all sources are more than those of today.
      const selection = groups.length === 1 ? this.#input.selection : { ...this.#input.selection, sources };
      const lane = { number, of: groups.length, isHere: place === '' };
      this.#shares.push({ sources, lane: new Lane({ ...this.#input, selection, lane }, shared, this.#run) });
    }
  }

  /** Whole sources of a moment are told apart; what else is selected is little, or comes in an order of its own. */
  #groups(): readonly { readonly place: string; readonly sources: readonly SourceId[] }[] {
    const { catalog, lanes, selection, vanished, version } = this.#input;
    const named = new Set(selection.sources);
    const sources = catalog.sources().flatMap(({ id }) => (named.size === 0 || named.has(id) ? [id] : []));
    if (lanes === undefined) return [{ place: '', sources }];
    const groups = new Map<string, SourceId[]>();
    for (const source of sources) {
      const place = lanes.of(source);
      groups.set(place, [...(groups.get(place) ?? []), source]);
    }
    const isApart = selection.items.length === 0 && vanished === undefined && version === null;
    if (groups.size > 1 && isApart) return [...groups].map(([place, of]) => ({ place, sources: of }));
    return [{ place: groups.has('') || groups.size === 0 ? '' : 'elsewhere', sources }];
  }

  /** A place that can be written to no more ends its lane, not the others. */
  async #each(step: (share: Share) => Promise<void>): Promise<void> {
    const going = this.#shares.filter((share) => !this.#broken.has(share));
    await sideBySide(going, this.#input.lanes?.most ?? 1, this.#run, async (share) => {
      try {
        await step(share);
      } catch (error) {
        if (this.#shares.length === 1 || !isStrataError(error) || !concernsPlace(error)) throw error;
        this.#break(share, error);
      }
    });
  }

  #break(share: Share, error: StrataError): void {
    this.#broken.set(share, error);
    const names = this.#input.catalog.sources().flatMap(({ id, name }) => (share.sources.includes(id) ? [name] : []));
    const problem = { failure: failureOf(error), source: names.join(', '), folder: '', item: '' };
    this.#run.progress.problem({ ...problem, atMs: this.#run.clock.nowMs() });
  }

  #throwIfNoneWorked(): void {
    if (this.#broken.size < this.#shares.length) return;
    const [first] = this.#shares.flatMap((share) => this.#broken.get(share) ?? []);
    if (first !== undefined) throw first;
  }

  /** All that was written, once all is written: what one item does to another is seen as well. */
  async #readBack(): Promise<ReadBackReport | undefined> {
    const { storage, catalog, remembering, dryRun } = this.#input;
    if (remembering === undefined || dryRun) return undefined;
    this.#run.progress.phase('checking');
    const { journal, run } = remembering;
    const asWritten = (manifest: Manifest): Manifest => writtenForm(manifest, this.#input);
    const sessions = (source: SourceId): Sessions | undefined => {
      const share = this.#shares.find(({ sources }) => sources.includes(source));
      return share === undefined || this.#broken.has(share) ? undefined : share.lane.sessions;
    };
    return readBack({ storage, catalog, journal, run, sessions, asWritten }, this.#run);
  }
}
