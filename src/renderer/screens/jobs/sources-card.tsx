import { Checkbox } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { SourceId } from '../../../shared/domain/ids.ts';
import { kindOfSource } from '../../parts/kinds.ts';
import { useSources } from '../../state/index.ts';
import { Card, FeedView, KindIcon, Note } from '../../widgets/index.ts';
import { useFormat, useWords } from '../../words/index.ts';
import type { JobDraft } from './job-draft.ts';
import css from './jobs.module.css';

interface Props {
  readonly draft: JobDraft;
  readonly onChange: (sources: readonly SourceId[]) => void;
}

/** Which of the known sources this job backs up. */
export function SourcesCard({ draft, onChange }: Props) {
  const t = useWords();
  const format = useFormat();
  const sources = useSources();
  const toggle = (id: SourceId, on: boolean): void =>
    onChange(on ? [...draft.sources, id] : draft.sources.filter((source) => source !== id));
  return (
    <Card
      title={t('jobs.sources.title')}
      action={
        <Link className="st-link" to="/sources/new">
          {t('jobs.sources.addSource')}
        </Link>
      }
    >
      <FeedView feed={sources}>
        {(value) => (
          <ul className={css['sources']} aria-label={t('jobs.sources.what')}>
            {value.map(({ id, name, settings, protectedUntilMs }) => (
              <li key={id}>
                <Checkbox
                  checked={draft.sources.includes(id)}
                  onChange={(event) => toggle(id, event.currentTarget.checked)}
                  label={
                    <span className={css['sourceLabel']}>
                      <KindIcon kind={kindOfSource[settings.kind]} />
                      <span>{name}</span>
                    </span>
                  }
                />
                <span className="st-soft">
                  {protectedUntilMs !== null && t('jobs.sources.protected', { moment: format.shortMoment(protectedUntilMs) })}
                </span>
              </li>
            ))}
          </ul>
        )}
      </FeedView>
      {draft.sources.length === 0 && <Note tone="warning">{t('jobs.sources.atLeastOne')}</Note>}
      <p className={css['hint']}>{t('jobs.sources.changeWarning')}</p>
    </Card>
  );
}
