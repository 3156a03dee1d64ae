import { Button } from '@mantine/core';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { CopyCheck } from 'lucide-react';
import { useState } from 'react';
import { engine } from '../../client/index.ts';
import { type MirrorRow, type MirrorStanding, type StorageSummary, useAnswer } from '../../state/index.ts';
import { Card, Glyph } from '../../widgets/index.ts';
import { useWords } from '../../words/index.ts';
import { ArchiveList } from './archive-list.tsx';
import { AddMirrorDialog } from './add-mirror-dialog.tsx';
import { MirrorLine } from './mirror-line.tsx';
import css from './mirrors.module.css';
import cards from './storages.module.css';

interface Props {
  readonly storage: StorageSummary;
}

/** How many copies there are, where, and what they lack; for a mirror, what it mirrors. */
export function MirrorsCard({ storage }: Props) {
  const t = useWords();
  const mirrors = useAnswer(`mirrors ${storage.id}`, () => engine.call('mirror.list', { origin: null }), true);
  const standing = useAnswer(`standing ${storage.id}`, () => engine.call('mirror.standing', { origin: storage.id }), true);
  const refresh = async (): Promise<void> => void (await Promise.all([mirrors.refresh(), standing.refresh()]));
  const [adding, setAdding] = useAdding();
  const rows = mirrors.value ?? [];
  const itself = rows.find(({ id }) => id === storage.id);
  const own = rows.filter(({ origin, archive }) => origin === storage.id && archive === null);
  const archives = rows.filter(({ origin, archive }) => origin === storage.id && archive !== null);
  const one = itself?.archive === null ? t('storages.mirrors.isOne') : t('archives.isOne');
  const title = itself === undefined ? t('storages.mirrors.title') : one;
  return (
    <Card
      title={title}
      icon={<CopyCheck size={16} strokeWidth={1.75} aria-hidden />}
      action={
        itself === undefined && (
          <Button size="sm" disabled={storage.state !== 'open'} onClick={() => setAdding('')}>
            {t('storages.mirrors.add')}
          </Button>
        )
      }
    >
      {itself === undefined && standing.value !== null && <Standing of={standing.value} />}
      {itself !== undefined && <OriginLine mirror={itself} />}
      <ul className={css['lines']}>
        {(itself === undefined ? own : [itself]).map((mirror) => (
          <MirrorLine key={mirror.id} mirror={mirror} onChanged={refresh} />
        ))}
      </ul>
      {itself === undefined && <ArchiveList storage={storage} archives={archives} onChanged={refresh} />}
      {adding !== null && (
        <AddMirrorDialog storage={storage} known={rows} chosen={adding} onClose={() => setAdding(null)} onAdded={refresh} />
      )}
    </Card>
  );
}

/** Null: closed. Opened at once, with the choice made, where an address names a storage that was made for it. */
function useAdding(): [string | null, (chosen: string | null) => void] {
  const { mirror } = useSearch({ from: '/storages/$storage' });
  const navigate = useNavigate();
  const [adding, setAdding] = useState<string | null>(mirror ?? null);
  return [
    adding,
    (chosen) => {
      setAdding(chosen);
      if (chosen === null && mirror !== undefined) void navigate({ to: '.', search: {}, replace: true });
    },
  ];
}

/** The rule of three copies, two disks and one other place, and what it takes to keep it. */
function Standing({ of: { copies, disks, elsewhere, missing } }: { readonly of: MirrorStanding }) {
  const t = useWords();
  return (
    <>
      <p className={missing.length === 0 ? cards['proofFine'] : cards['proof']}>
        {t('storages.mirrors.copies', { count: copies })}, {t('storages.mirrors.disks', { count: disks })},{' '}
        {t('storages.mirrors.places', { count: elsewhere })}
      </p>
      {missing.length === 0 && <p className={cards['meaning']}>{t('storages.mirrors.nothingMissing')}</p>}
      {missing.map((what) => (
        <p key={what} className={css['missing']}>
          <Glyph name="warning" size={14} /> {t(`storages.mirrors.missing.${what}`)}
        </p>
      ))}
    </>
  );
}

function OriginLine({ mirror: { origin, originName, archive } }: { readonly mirror: MirrorRow }) {
  const t = useWords();
  return (
    <p className={cards['meaning']}>
      {t(archive === null ? 'storages.mirrors.receives' : 'archives.receives')}{' '}
      <Link to="/storages/$storage" params={{ storage: origin }}>
        {originName}
      </Link>
    </p>
  );
}
