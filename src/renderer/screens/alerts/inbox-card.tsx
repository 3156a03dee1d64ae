import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { everyEntry, type InboxFilter } from '../../../shared/domain/alert.ts';
import { sayAlert } from '../../../shared/words/alerts.ts';
import { engine } from '../../client/index.ts';
import { type InboxEntry, tellFailure, useAnswer, useInbox } from '../../state/index.ts';
import { Card, classes, FeedView, Glyph, type GlyphName } from '../../widgets/index.ts';
import { useFormat, useLanguage, useWords } from '../../words/index.ts';
import { InboxFilters } from './inbox-filters.tsx';
import css from './alerts.module.css';

/** As many as anybody reads. */
const mostChosen = 200;

const glyphOf: Readonly<Record<InboxEntry['alert']['level'], GlyphName>> = {
  information: 'fine',
  warning: 'warning',
  error: 'failed',
  critical: 'failed',
};

/** Everything that was said, newest first, whoever was told. */
export function InboxCard() {
  const t = useWords();
  const [filter, setFilter] = useState(everyEntry);
  const { feed, unread } = useFiltered(filter);
  const markAll = (): void => void tellFailure(t('alerts.inbox.markAll'), () => engine.call('alert.markRead', { ids: null }));
  return (
    <Card
      flush
      title={t('alerts.inbox.title')}
      fact={unread === 0 ? undefined : t('alerts.inbox.unread', { count: unread })}
      action={
        unread === 0 ? undefined : (
          <Button size="xs" onClick={markAll}>
            {t('alerts.inbox.markAll')}
          </Button>
        )
      }
    >
      <InboxFilters filter={filter} onChange={setFilter} />
      <FeedView feed={feed}>
        {({ entries }) =>
          entries.length === 0 ? (
            <p className={css['empty']}>{t(isEvery(filter) ? 'alerts.inbox.empty' : 'alerts.filter.none')}</p>
          ) : (
            <ul className={css['list']}>
              {entries.map((entry) => (
                <Entry key={entry.alert.id} entry={entry} />
              ))}
            </ul>
          )
        }
      </FeedView>
    </Card>
  );
}

const isEvery = (filter: InboxFilter): boolean => Object.values(filter).every((value) => value === null);

/** The newest of all are here already; what is chosen among them may reach further back, and is asked for whenever something was said. */
function useFiltered(filter: InboxFilter) {
  const recent = useInbox();
  const newest = recent.value?.entries[0]?.lastAtMs ?? 0;
  const unread = recent.value?.unread ?? 0;
  const asked = isEvery(filter) ? null : `inbox ${JSON.stringify(filter)} ${newest} ${unread}`;
  const chosen = useAnswer(asked, () => engine.call('alert.inbox', { limit: mostChosen, ...filter }), true);
  return { feed: asked === null ? recent : { value: chosen.value, failure: chosen.failure, refresh: chosen.refresh }, unread };
}

function Entry({ entry: { alert, times, lastAtMs, isRead } }: { readonly entry: InboxEntry }) {
  const t = useWords();
  const format = useFormat();
  const { title, text } = sayAlert(alert, useLanguage());
  const name = isRead ? title : t('alerts.inbox.isUnread', { title });
  return (
    <li className={classes(css['entry'], !isRead && css['unread'])}>
      <Glyph name={glyphOf[alert.level]} />
      <span>
        {alert.run === null ? (
          <b>{title}</b>
        ) : (
          <Link to="/runs/$run" params={{ run: alert.run }} aria-label={name}>
            <b>{title}</b>
          </Link>
        )}
        {text !== '' && <p>{text}</p>}
      </span>
      <span className={css['time']}>
        {format.moment(lastAtMs)}
        {times > 1 && <br />}
        {times > 1 && t('alerts.inbox.times', { count: times })}
      </span>
    </li>
  );
}
