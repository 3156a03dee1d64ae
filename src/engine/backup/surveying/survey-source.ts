import type { Choice } from '../../../shared/domain/choice.ts';
import type { FolderVerdict } from '../../../shared/domain/folder-rules.ts';
import { failureOf, isStrataError } from '../../../shared/domain/strata-error.ts';
import { type RunContext, stopIfCancelled } from '../../kernel/run-context.ts';
import { type FolderScan, type FolderVisit, noCursors, type Sighting, type SourceSession } from '../../sources/source.ts';
import { isChoosable, Judge, knowsSize } from '../choosing/judge.ts';
import { type SeenFolder, SeenFolders } from '../choosing/seen-folders.ts';
import type { SurveyRows } from './survey-rows.ts';
import { type Reason, Tally } from './tally.ts';

/** What a survey of one source writes into while it goes on. */
export interface SurveyBook {
  readonly rows: SurveyRows;
  /** Folder rules and patterns that decided something. */
  readonly used: Set<string>;
}

/**
 * Walks a whole source as a first cycle would, asks of everything whether the choice takes it, and counts. Reads no item, knows no storage.
 * A folder that cannot be listed is counted as such; throws when the source as a whole fails.
 */
export async function surveySource(
  session: SourceSession,
  choice: Choice,
  { rows, used }: SurveyBook,
  run: RunContext,
): Promise<void> {
  const judge = new Judge(choice, run.clock.nowMs());
  const seen = new SeenFolders();
  for await (const visit of session.walk({ ...noCursors, tellsLeftOut: true }, run)) {
    stopIfCancelled(run);
    const folder = seen.see(visit);
    const { names, uses } = folder;
    run.progress.current(names.join('/'));
    for (const { path } of judge.deciding(names)) used.add(path);
    const { verdict, by } = standingOf(visit, folder, judge);
    if (by?.text) used.add(by.text);
    const { key } = visit.folder;
    rows.begin({ key, parentKey: visit.parentKey, names, uses: [...uses], verdict, by });
    if (visit.scan !== undefined) {
      await countItems(visit.scan, { key, by, isPassed: verdict !== 'taken', judge, book: { rows, used } }, run);
    } else if (visit.problem !== undefined && visit.leftOut === undefined) rows.fail(key, visit.problem);
    else rows.count(key, unknownFolder());
  }
}

interface Standing {
  readonly verdict: FolderVerdict['verdict'];
  readonly by: Reason | null;
}

function standingOf({ leftOut }: FolderVisit, { names, uses }: SeenFolder, judge: Judge): Standing {
  if (leftOut !== undefined) return { verdict: 'skipped', by: leftOut };
  const { verdict, by } = judge.folder(names, uses);
  // An account's own settings lie at the top, and are taken with it.
  const standing = names.length === 0 && verdict === 'skipped' ? 'passed' : verdict;
  return { verdict: standing, by: by === undefined ? null : reasonOf(by) };
}

function reasonOf(by: NonNullable<FolderVerdict['by']>): Reason {
  if (by === 'not-among') return { rule: by, text: null };
  return 'use' in by ? { rule: by.use, text: null } : { rule: 'folder', text: by.rule.path };
}

interface Counting extends Pick<Standing, 'by'> {
  readonly key: string;
  readonly isPassed: boolean;
  readonly judge: Judge;
  readonly book: SurveyBook;
}

/** A listing that breaks off says nothing of the rest; what it gave until then is counted. */
async function countItems(scan: FolderScan, counting: Counting, run: RunContext): Promise<void> {
  const { key, book } = counting;
  try {
    for await (const batch of scan.sightings) {
      stopIfCancelled(run);
      const tally = new Tally();
      for (const sighting of batch) countItem(sighting, counting, tally);
      book.rows.count(key, tally);
      run.progress.done(batch.length, 0);
    }
  } catch (error) {
    if (!isStrataError(error) || error.code !== 'folder.unreadable') throw error;
    book.rows.fail(key, failureOf(error));
  }
}

function countItem(sighting: Sighting, { by, isPassed, judge, book }: Counting, tally: Tally): void {
  const { leftOut, sizeBytes, timeMs, kind } = sighting;
  const rule = leftOut === undefined ? judge.item(sighting, isPassed) : undefined;
  const reason = leftOut ?? (rule === undefined ? undefined : rule === 'folder' && by !== null ? by : { rule, text: null });
  if (leftOut?.text) book.used.add(leftOut.text);
  if (reason !== undefined) return tally.skip(reason, 1, sizeBytes);
  tally.take(sizeBytes);
  if (!knowsSize(sighting)) tally.unsized += 1;
  if (timeMs === undefined && judge.asksForTime && isChoosable(kind)) tally.untimed += 1;
}

function unknownFolder(): Tally {
  const tally = new Tally();
  tally.unknown = 1;
  return tally;
}
