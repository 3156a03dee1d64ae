import { type Failure, failureOf, StrataError } from '../../../shared/domain/strata-error.ts';
import { withFileFailure } from '../../kernel/file-failure.ts';
import type { FileStat, FileSystem } from '../../kernel/file-system.ts';
import { newId, type Random } from '../../kernel/random.ts';
import type { Target } from '../target.ts';
import { folderAbove } from './folders.ts';
import { openLocalTarget } from './local-target.ts';

export type PlaceStep = 'reach' | 'list' | 'write' | 'sync' | 'read-back' | 'exclusive' | 'delete';

export interface PlaceInspection {
  readonly path: string;
  /** `missing`: can be made. `blocked`: `failure` says why nothing can be made or used there. */
  readonly state: 'missing' | 'empty' | 'storage' | 'not-empty' | 'blocked';
  /** Each thing that was tried, in order; what comes after the first that did not work was not tried, but for cleaning up. */
  readonly steps: readonly { readonly step: PlaceStep; readonly ok: boolean }[];
  readonly freeBytes: number | null;
  readonly totalBytes: number | null;
  readonly failure: Failure | null;
}

/**
 * Tries what a storage will need at a place, and leaves nothing behind. A folder with foreign things in it is only looked at.
 * `judge` says what the files there mean, which a target never asks.
 */
export function inspectPlace(
  files: FileSystem,
  path: string,
  random: Random,
  judge: (target: Target) => 'storage' | 'empty' | 'not-empty',
): PlaceInspection {
  const steps: { step: PlaceStep; ok: boolean }[] = [];
  let space: { freeBytes: number; totalBytes: number } | null = null;
  const attempt = <T>(step: PlaceStep, action: () => T): T => {
    steps.push({ step, ok: false });
    const result = withFileFailure(path, action);
    steps[steps.length - 1] = { step, ok: true };
    return result;
  };
  const seen = (state: PlaceInspection['state'], failure: Failure | null): PlaceInspection => ({
    path,
    state,
    steps,
    freeBytes: space?.freeBytes ?? null,
    totalBytes: space?.totalBytes ?? null,
    failure,
  });

  try {
    const ground = attempt('reach', () => nearestFolder(files, path));
    space = withFileFailure(ground, () => files.space(ground));
    const state = attempt('list', () => (ground === path ? judge(openLocalTarget(files, path, random)) : 'missing'));
    if (state !== 'not-empty') tryWriting(files, ground, random, attempt);
    return seen(state, null);
  } catch (error) {
    return seen('blocked', failureOf(error));
  }
}

/** The folder itself, or the nearest above it that exists. */
function nearestFolder(files: FileSystem, path: string): string {
  const stat: FileStat | undefined = files.stat(path);
  if (stat?.type === 'directory') return path;
  if (stat !== undefined) throw new StrataError('path.not-a-directory', 'after-user-action', { path });
  const above = folderAbove(path);
  if (above === path) throw new StrataError('path.missing', 'after-user-action', { path });
  return nearestFolder(files, above);
}

function tryWriting(
  files: FileSystem,
  folder: string,
  random: Random,
  attempt: <T>(step: PlaceStep, action: () => T) => T,
): void {
  const path = `${folder === '/' ? '' : folder}/strata-check-${newId<string>(random)}`;
  const bytes = random.bytes(4096);
  const file = attempt('write', () => {
    const created = files.open(path, 'create', 0o600);
    created.write(bytes);
    return created;
  });
  try {
    try {
      attempt('sync', () => {
        file.sync();
        files.syncDirectory(folder);
      });
    } finally {
      file.close();
    }
    attempt('read-back', () => {
      const back = files.readWhole(path);
      const same = back.length === bytes.length && back.every((byte, at) => byte === bytes[at]);
      if (!same) throw new StrataError('path.io', 'never', { path: folder, errno: 'read-back' });
    });
    attempt('exclusive', () => refusesSecond(files, path));
  } finally {
    attempt('delete', () => files.unlink(path));
  }
}

/** A place where a name can be made twice cannot keep two computers from writing at once. */
function refusesSecond(files: FileSystem, path: string): void {
  try {
    files.open(path, 'create', 0o600).close();
  } catch {
    return;
  }
  throw new StrataError('path.io', 'never', { path, errno: 'exclusive' });
}
