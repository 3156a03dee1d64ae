import type { MirrorRow, StorageSummary } from '../../state/index.ts';
import { LinkButton } from '../../widgets/index.ts';
import { useWords } from '../../words/index.ts';
import { MirrorLine } from './mirror-line.tsx';
import css from './mirrors.module.css';
import cards from './storages.module.css';

interface Props {
  readonly storage: StorageSummary;
  readonly archives: readonly MirrorRow[];
  readonly onChanged: () => Promise<void>;
}

/** The archives of a storage, and the way to another one. */
export function ArchiveList({ storage, archives, onChanged }: Props) {
  const t = useWords();
  return (
    <section className={css['archives']} aria-label={t('archives.heading')}>
      <div className={css['archivesHead']}>
        <h3>{t('archives.heading')}</h3>
        {storage.state === 'open' && (
          <LinkButton size="sm" to="/storages/new" search={{ archiveOf: storage.id }}>
            {t('archives.make')}
          </LinkButton>
        )}
      </div>
      <p className={cards['meaning']}>{t('archives.meaning')}</p>
      {archives.length > 0 && (
        <ul className={css['lines']}>
          {archives.map((archive) => (
            <MirrorLine key={archive.id} mirror={archive} onChanged={onChanged} />
          ))}
        </ul>
      )}
    </section>
  );
}
