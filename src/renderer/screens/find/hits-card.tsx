import { Button, Select, Switch } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Undo2 } from 'lucide-react';
import { useState } from 'react';
import type { ItemKind } from '../../../shared/domain/item.ts';
import { momentOf } from '../../parts/restore-moment.ts';
import type { FindSearch } from '../../search-params.ts';
import { selectForRestore, useSources } from '../../state/index.ts';
import { Card, classes } from '../../widgets/index.ts';
import { useFormat, useWords } from '../../words/index.ts';
import css from './find.module.css';
import { countedBy, type Facets, fits, type Hit } from './hits.ts';
import { HitsGrid } from './hits-grid.tsx';

interface Props {
  readonly hits: readonly Hit[];
  /** There is more than is shown. */
  readonly isCut: boolean;
}

/** Hits, what narrows them, and what becomes of those that are chosen. */
export function HitsCard({ hits, isCut }: Props) {
  const t = useWords();
  const { source, kind, year, gone } = useSearch({ from: '/find' });
  const facets: Facets = { source, kind, year, gone };
  const shown = hits.filter((hit) => fits(hit, facets));
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const rows = shown.filter(({ key }) => chosen.has(key));
  const choose = (keys: readonly string[], wanted: boolean): void => {
    const next = new Set(chosen);
    for (const key of keys) wanted ? next.add(key) : next.delete(key);
    setChosen(next);
  };
  return (
    <Card>
      <FacetBar hits={hits} facets={facets} />
      <p className={classes('st-soft', css['found'])} role="status">
        {t('find.found', { count: shown.length })} {isCut && t('find.cut')}
      </p>
      <HitsGrid hits={shown} chosen={chosen} storage={rows[0]?.storage.id ?? null} onChoose={choose} />
      <ChosenBar rows={rows} onClear={() => setChosen(new Set())} />
    </Card>
  );
}

function FacetBar({ hits, facets }: { readonly hits: readonly Hit[]; readonly facets: Facets }) {
  const t = useWords();
  const format = useFormat();
  const navigate = useNavigate({ from: '/find' });
  const names = useSources((feed) => feed.value) ?? [];
  const narrow = (change: Facets): void =>
    void navigate({ replace: true, search: (before) => ({ ...before, ...change }) as FindSearch });
  const nameOf = (id: string): string => names.find((source) => source.id === id)?.name ?? t('find.unknownSource');
  const options = (facet: 'source' | 'kind' | 'year', say: (value: string) => string) =>
    countedBy(hits, facets, facet).map(({ value, count }) => ({ value, label: `${say(value)} (${format.number(count)})` }));
  return (
    <div className={css['facets']}>
      <Select
        size="sm"
        label={t('find.source')}
        placeholder={t('find.all')}
        clearable
        data={options('source', nameOf)}
        value={facets.source ?? null}
        onChange={(source) => narrow({ source: source ?? undefined })}
      />
      <Select
        size="sm"
        label={t('find.kind')}
        placeholder={t('find.all')}
        clearable
        data={options('kind', (value) => t(`sizes.kind.${value as ItemKind}`))}
        value={facets.kind ?? null}
        onChange={(kind) => narrow({ kind: (kind ?? undefined) as ItemKind | undefined })}
      />
      <Select
        size="sm"
        label={t('find.year')}
        placeholder={t('find.all')}
        clearable
        data={options('year', (value) => value)}
        value={facets.year?.toString() ?? null}
        onChange={(year) => narrow({ year: year === null ? undefined : Number(year) })}
      />
      <Switch
        label={t('find.gone')}
        checked={facets.gone === true}
        onChange={(event) => narrow({ gone: event.currentTarget.checked || undefined })}
      />
    </div>
  );
}

/** Items of one storage, in a state in which all of them were there. */
function ChosenBar({ rows, onClear }: { readonly rows: readonly Hit[]; readonly onClear: () => void }) {
  const t = useWords();
  const navigate = useNavigate();
  const [first] = rows;
  const asOf =
    first === undefined
      ? null
      : momentOf(
          rows.map(({ row }) => row),
          null,
        );
  const restore = (): void => {
    if (first === undefined || asOf === null) return;
    const label = rows.length === 1 ? first.row.title || first.row.name : t('parts.items', { count: rows.length });
    selectForRestore({ storage: first.storage.id, items: rows.map(({ row }) => row.item), sources: [], asOf, label });
    void navigate({ to: '/restore', search: { storage: first.storage.id } });
  };
  return (
    <footer className={css['foot']}>
      {first === undefined ? (
        <span className="st-soft">{t('find.hint')}</span>
      ) : (
        <>
          <b>{t('browse.selected', { count: rows.length })}</b>
          <span className="st-soft">{t('find.ofStorage', { storage: first.storage.name })}</span>
          <Button size="sm" variant="subtle" onClick={onClear}>
            {t('browse.clear')}
          </Button>
        </>
      )}
      <span className={css['space']} />
      {first !== undefined && asOf === null && <span role="status">{t('browse.neverTogether')}</span>}
      <Button
        size="sm"
        variant="filled"
        disabled={asOf === null}
        leftSection={<Undo2 size={16} strokeWidth={1.75} aria-hidden />}
        onClick={restore}
      >
        {t('browse.restore')}
      </Button>
    </footer>
  );
}
