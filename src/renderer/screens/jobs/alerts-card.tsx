import { Switch } from '@mantine/core';
import { engine } from '../../client/index.ts';
import { EventsField } from '../../parts/events-field.tsx';
import { type AlertChannel, type JobSummary, tellFailure, useChannels } from '../../state/index.ts';
import { Card, FeedView, LinkButton } from '../../widgets/index.ts';
import { useWords } from '../../words/index.ts';
import css from './alerts-card.module.css';

/** Which way tells what of this job. Holds at once. */
export function AlertsCard({ job }: { readonly job: JobSummary }) {
  const t = useWords();
  const feed = useChannels();
  return (
    <Card
      title={t('alerts.job.title')}
      action={
        <LinkButton size="xs" to="/alerts">
          {t('alerts.job.manage')}
        </LinkButton>
      }
    >
      <p className="st-soft">{t('alerts.job.meaning')}</p>
      <FeedView feed={feed}>
        {(channels) => (
          <ul className={css['list']}>
            {channels.map((channel) => (
              <Route key={channel.id} channel={channel} job={job} />
            ))}
          </ul>
        )}
      </FeedView>
    </Card>
  );
}

function Route({ channel, job }: { readonly channel: AlertChannel; readonly job: JobSummary }) {
  const t = useWords();
  const name = channel.settings.kind === 'desktop' ? t('alerts.kinds.desktop') : channel.name;
  const own = channel.jobs[job.id];
  const set = (events: AlertChannel['events'] | null): void =>
    void tellFailure(t('alerts.job.title'), () =>
      engine.call('alert.route', { channel: channel.id, job: job.id, events: events === null ? null : [...events] }),
    );
  return (
    <li className={css['route']}>
      <span>
        <b>{name}</b>
        <Switch
          aria-label={t('alerts.job.own', { name })}
          label={own === undefined ? t('alerts.job.asOthers') : t('alerts.job.own', { name })}
          checked={own !== undefined}
          onChange={({ currentTarget }) => set(currentTarget.checked ? channel.events : null)}
        />
      </span>
      {own !== undefined && <EventsField label={t('alerts.dialog.events')} events={own} onChange={set} />}
    </li>
  );
}
