import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { Undo2 } from 'lucide-react';
import { type FolderRow, selectForRestore, type StorageSummary } from '../../state/index.ts';
import { useFormat, useWords } from '../../words/index.ts';
import css from './folder-items.module.css';
import { momentOf } from '../../parts/restore-moment.ts';
import { useBrowseEvents } from './use-browse-keys.ts';
import { useFolderName } from '../../parts/use-folder-name.ts';
import { usePlace } from './use-place.ts';
import type { Selection } from './use-selection.ts';

interface Props {
  readonly storage: StorageSummary;
  readonly folder: FolderRow;
  readonly total: number;
  readonly selection: Selection;
}

/** What is chosen, and what can be done with it. Nothing chosen means the folder. */
export function SelectionBar({ storage, folder, total, selection }: Props) {
  const t = useWords();
  const format = useFormat();
  const nameOf = useFolderName();
  const navigate = useNavigate();
  const { place } = usePlace();
  const rows = [...selection.rows.values()];
  const whole = selection.all || rows.length === 0;
  const together = momentOf(whole ? [] : rows, place.at);
  // Where rows of many moments are listed, "the folder" is not what is on the screen.
  const asOf = whole && place.mode !== 'as-of' ? null : together;

  const restore = (target?: 'pocket'): void => {
    if (!asOf) return;
    const label = whole ? nameOf(folder) : rows.length === 1 ? (rows[0]?.title ?? '') : t('parts.items', { count: rows.length });
    selectForRestore({
      storage: storage.id,
      items: whole ? [folder.item] : rows.map(({ item }) => item),
      sources: [],
      asOf,
      ...(target === undefined ? {} : { target }),
      label,
    });
    void navigate({ to: '/restore', search: { storage: storage.id } });
  };
  useBrowseEvents('restore', () => restore());

  return (
    <footer className={css['foot']}>
      {selection.all && <b>{t('browse.selectedAll', { items: t('parts.items', { count: total }) })}</b>}
      {!selection.all && rows.length > 0 && (
        <>
          <b>{t('browse.selected', { count: rows.length })}</b>
          <span className="st-soft">{format.bytes(rows.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0))}</span>
        </>
      )}
      {selection.all || rows.length > 0 ? (
        <Button size="sm" variant="subtle" onClick={selection.clear}>
          {t('browse.clear')}
        </Button>
      ) : (
        <span className="st-soft">{t('browse.selectHint')}</span>
      )}
      <span className={css['space']} />
      {together === null && <span role="status">{t('browse.neverTogether')}</span>}
      <Button size="sm" variant="subtle" disabled={asOf === null} onClick={() => restore('pocket')}>
        {t('browse.pocket')}
      </Button>
      <Button
        size="sm"
        variant={whole && !selection.all ? 'default' : 'filled'}
        disabled={asOf === null}
        leftSection={<Undo2 size={16} strokeWidth={1.75} aria-hidden />}
        onClick={() => restore()}
      >
        {whole && place.mode === 'as-of' ? t('browse.restoreFolder') : t('browse.restore')}
      </Button>
    </footer>
  );
}
