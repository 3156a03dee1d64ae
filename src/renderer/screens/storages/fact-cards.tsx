import { Link } from '@tanstack/react-router';
import { Database, Layers } from 'lucide-react';
import type { ReactNode } from 'react';
import { glyphOfJob } from '../../parts/job-due.tsx';
import { type StorageSummary, useJobs } from '../../state/index.ts';
import { Card, Glyph, LinkButton } from '../../widgets/index.ts';
import { useFormat, useWords } from '../../words/index.ts';
import css from './storages.module.css';

interface Props {
  readonly storage: StorageSummary;
}

const icon = { size: 16, strokeWidth: 1.75, 'aria-hidden': true } as const;

interface SlotProps {
  readonly name: ReactNode;
  readonly value: ReactNode;
}

function Slot({ name, value }: SlotProps) {
  return (
    <li>
      <span className="st-ellipsis">{name}</span>
      <span>{value}</span>
    </li>
  );
}

export function ContentsCard({ storage }: Props) {
  const t = useWords();
  const format = useFormat();
  return (
    <Card title={t('storages.contents.title')} icon={<Layers {...icon} />}>
      <p className={css['proof']}>{t('parts.items', { count: storage.items })}</p>
      <ul className={css['slots']}>
        <Slot name={t('storages.contents.versions')} value={format.number(storage.versions)} />
        <Slot name={t('storages.contents.moments')} value={format.number(storage.moments)} />
        <Slot name={t('storages.contents.since')} value={format.day(storage.createdAtMs)} />
        <Slot name={t('storages.contents.id')} value={<span className="st-mono">{storage.id}</span>} />
      </ul>
    </Card>
  );
}

export function UsedByCard({ storage }: Props) {
  const t = useWords();
  const jobs = useJobs((feed) => feed.value) ?? [];
  return (
    <Card title={t('storages.usedBy.title')} icon={<Database {...icon} />}>
      {storage.jobs.length === 0 ? (
        <p className={css['meaning']}>{t('storages.usedBy.none')}</p>
      ) : (
        <ul className={css['slots']}>
          {storage.jobs.map(({ id, name }) => {
            const job = jobs.find((one) => one.id === id);
            return (
              <li key={id}>
                <Glyph name={job ? glyphOfJob(job) : 'nothing'} />
                <Link className="st-link st-ellipsis" to="/jobs/$job" params={{ job: id }}>
                  {name}
                </Link>
              </li>
            );
          })}
        </ul>
      )}
      <div className={css['cardFoot']}>
        <LinkButton size="sm" to="/jobs/new" search={{ storage: storage.id }}>
          {t('storages.usedBy.addJob')}
        </LinkButton>
      </div>
    </Card>
  );
}
