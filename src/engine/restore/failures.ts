import type { StrataError } from '../../shared/domain/strata-error.ts';

/** Failures that concern one item; others end the restore, because every further item would fail as well. */
const itemFailures: ReadonlySet<string> = new Set([
  'restore.item-damaged',
  'restore.name-unsafe',
  'restore.other-bytes',
  'restore.write-failed',
  'storage.record-damaged',
  'storage.limit-exceeded',
  'path.denied',
  'item.too-large',
  'not.supported',
]);

export const concernsItem = (error: StrataError): boolean => itemFailures.has(error.code);

/** Failures of the place that is written to: a server that is away, a mailbox that is full. Those of the storage concern every place. */
export const concernsPlace = ({ code }: StrataError): boolean => !/^(?:storage|catalog|profile|engine|run)\./.test(code);
