import type { CallOutput } from '../../shared/contract/calls.ts';

type Plan = CallOutput<'storage.removalPlan'>;
type Moment = CallOutput<'moment.list'>[number];
type Frozen = CallOutput<'freeze.list'>[number];

const iso = (timeMs: number): string => new Date(timeMs).toISOString();

/** Field names here are a contract with scripts: add, never rename. */
export function planJson(plan: Plan): Record<string, unknown> {
  const { rows, forgotten, frozen, ...facts } = plan;
  return {
    ...facts,
    rows: rows.map(({ validFromMs, validToMs, sizeBytes, folderPath, sourceName, source, ...row }) => ({
      ...row,
      source: sourceName,
      sourceId: source,
      folder: folderPath,
      size: sizeBytes,
      validFrom: iso(validFromMs),
      validTo: validToMs === null ? null : iso(validToMs),
    })),
    forgotten: forgotten.map(momentJson),
    frozen: frozen.map(freezeJson),
  };
}

export const momentJson = ({ atMs, ...moment }: Moment): Record<string, unknown> => ({ ...moment, at: iso(atMs) });

export const freezeJson = ({ atMs, failure, sourceName, source, ...freeze }: Frozen): Record<string, unknown> => ({
  ...freeze,
  source: sourceName,
  sourceId: source,
  code: failure.code,
  at: iso(atMs),
});
