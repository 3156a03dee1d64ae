import type { ItemKind, Manifest } from '../../../shared/domain/item.ts';

const slugLength = 40;

/** What programs exchange such items as. */
const endings: Partial<Record<ItemKind, string>> = { message: 'eml', event: 'ics', task: 'ics', note: 'ics', contact: 'vcf' };

export const isWrittenAlone = (kind: ItemKind): boolean => endings[kind] !== undefined;

/**
 * `2026-03-01 minutes-of-the-meeting k3j9x2ab.eml`: the day (UTC), what is plain ASCII of the subject, the beginning of the item's id.
 * Made from a fixed form and never from a subject as it is: subjects are strangers' words.
 */
export function messageFileName({ item, kind, summary }: Pick<Manifest, 'item' | 'kind' | 'summary'>): string {
  const day = summary.timeMs === undefined ? 'undated' : dayOf(summary.timeMs);
  const slug = summary.title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}+/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, slugLength)
    .replace(/^-+|-+$/g, '');
  return [day, ...(slug === '' ? [] : [slug]), `${item.slice(0, 8)}.${endings[kind] ?? 'eml'}`].join(' ');
}

function dayOf(timeMs: number): string {
  const date = new Date(timeMs);
  return Number.isNaN(date.getTime()) ? 'undated' : date.toISOString().slice(0, -14);
}
