import { failureOf, isStrataError, StrataError } from '../../shared/domain/strata-error.ts';
import { errnoOf } from '../kernel/file-failure.ts';
import type { Reading, Sighting } from './source.ts';

/** What an item that cannot be read is answered with; a bug stays one. */
export function failedReading(sighting: Sighting, error: unknown): Reading {
  const { key, contentRevision, metadataRevision, name } = sighting;
  const reason = errnoOf(error);
  if (reason === undefined && !isStrataError(error)) throw error;
  const failure =
    reason === undefined ? error : new StrataError('item.unreadable', 'later', { item: name, reason }, { cause: error });
  return { key, contentRevision, metadataRevision, metadata: {}, summary: { title: name }, problem: failureOf(failure) };
}
