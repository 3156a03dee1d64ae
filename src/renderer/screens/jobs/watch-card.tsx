import { SegmentedControl } from '@mantine/core';
import { type Switch, switches } from '../../../shared/domain/capture.ts';
import { ScanDueNote } from '../../parts/scan-due-note.tsx';
import { isUnwatched } from '../../parts/job-due.tsx';
import type { JobSummary } from '../../state/index.ts';
import { Card, Note } from '../../widgets/index.ts';
import { useFailureWords, useFormat, useWords } from '../../words/index.ts';
import type { JobDraft } from './job-draft.ts';
import css from './watch-card.module.css';
import { WatchState } from './watch-state.tsx';

interface Props {
  readonly job: JobSummary;
  readonly draft: JobDraft;
  readonly onChange: (change: Partial<Pick<JobDraft, 'scan' | 'capture'>>) => void;
}

/** Two ways of noticing what changes, each with its switch; what goes on; and when nobody watched. */
export function WatchCard({ job, draft, onChange }: Props) {
  const t = useWords();
  return (
    <Card title={t('jobs.watch.title')}>
      <div className={css['form']}>
        {isUnwatched(draft) && (
          <Note tone="failed" title={t('jobs.watch.neither')} live>
            {t('jobs.watch.neitherMeaning')}
          </Note>
        )}
        <WaySwitch way="scan" value={draft.scan} onChange={(scan) => onChange({ scan })} />
        <WaySwitch way="capture" value={draft.capture} onChange={(capture) => onChange({ capture })} />
        {draft.scan !== 'on' && draft.capture === 'on' && <Note tone="warning">{t('jobs.watch.noScan')}</Note>}
        <ScanDueNote job={job} />
        <Missed job={job} />
        <WatchState job={job} />
        <Gaps job={job} />
      </div>
    </Card>
  );
}

interface SwitchProps {
  readonly way: 'scan' | 'capture';
  readonly value: Switch;
  readonly onChange: (value: Switch) => void;
}

function WaySwitch({ way, value, onChange }: SwitchProps) {
  const t = useWords();
  return (
    <div className={css['way']}>
      <span>
        <b>{t(`jobs.watch.${way}`)}</b>
        <span>{t(`jobs.watch.${way}Meaning`)}</span>
      </span>
      <SegmentedControl
        size="xs"
        aria-label={t(`jobs.watch.${way}`)}
        value={value}
        data={switches.map((one) => ({ value: one, label: t(`jobs.watch.value.${one}`) }))}
        onChange={onChange}
      />
    </div>
  );
}

/** Storages that capture could not serve, though it served another one. */
function Missed({ job }: { readonly job: JobSummary }) {
  const t = useWords();
  const format = useFormat();
  const say = useFailureWords();
  const places = [{ id: job.storage, name: job.storageName }, ...job.furtherStorages];
  return job.watch.missed.map(({ storage, sinceMs, failure }) => {
    const name = places.find(({ id }) => id === storage)?.name ?? '';
    return (
      <Note key={storage} tone="warning" title={t('jobs.watch.missed', { storage: name, since: format.shortMoment(sinceMs) })}>
        {t('jobs.watch.missedMeaning', { why: say(failure) })}
      </Note>
    );
  });
}

function Gaps({ job }: { readonly job: JobSummary }) {
  const t = useWords();
  const format = useFormatOfGaps();
  const { gaps } = job.watch;
  if (gaps.length === 0) return null;
  return (
    <section>
      <h3 className={css['small']}>{t('jobs.watch.gaps')}</h3>
      <ul className={css['list']}>
        {gaps.slice(0, 5).map((gap) => (
          <li key={gap.fromMs}>
            <span>{format(gap)}</span>
            {gap.toMs !== null && (
              <span className="st-soft">{t(gap.caughtUp ? 'jobs.watch.caughtUp' : 'jobs.watch.notCaughtUp')}</span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function useFormatOfGaps() {
  const t = useWords();
  const format = useFormat();
  return ({ fromMs, toMs }: JobSummary['watch']['gaps'][number]): string =>
    toMs === null
      ? t('jobs.watch.gapOpen', { from: format.shortMoment(fromMs) })
      : t('jobs.watch.gap', { from: format.shortMoment(fromMs), to: format.shortMoment(toMs) });
}
