import { Button } from '@mantine/core';
import { useState } from 'react';
import { type RunRecord, useSources } from '../../state/index.ts';
import { Card, classes, Glyph, LinkButton } from '../../widgets/index.ts';
import { useFailureWords, useFormat, useWords } from '../../words/index.ts';
import { type Cause, causesOf } from './causes.ts';
import css from './run-detail.module.css';

/** More rows than this help nobody; the log has them all. */
const mostRows = 200;
const fewPlaces = 3;

interface Props {
  readonly problems: RunRecord['problems'];
  readonly running: boolean;
}

/** By cause, not by line. */
export function ProblemsCard({ problems, running }: Props) {
  const t = useWords();
  const format = useFormat();
  const causes = causesOf(problems);
  const fact =
    causes.length === 0 ? undefined : `${t('runs.problems.fact', { count: causes.length })}, ${format.number(problems.length)}`;
  return (
    <Card title={t('runs.problems.title')} fact={fact} flush className={css['problems']}>
      {causes.length === 0 ? (
        <p className={classes(css['noProblems'], 'st-soft')}>
          <Glyph name="fine" /> {t(running ? 'runs.problems.noneYet' : 'runs.problems.none')}
        </p>
      ) : (
        <ul>
          {causes.map((cause) => (
            <CauseRow key={cause.code} cause={cause} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function CauseRow({ cause }: { readonly cause: Cause }) {
  const t = useWords();
  const format = useFormat();
  const say = useFailureWords();
  const [opened, setOpened] = useState(false);
  const [first] = cause.problems;
  const places = cause.places.slice(0, fewPlaces);
  const source = useSources((feed) => feed.value?.find(({ name }) => name === first.source));
  const facts = [
    cause.problems.length > 1 ? t('runs.problems.more', { count: cause.problems.length - 1 }) : '',
    places.length > 0
      ? t('runs.problems.where', { place: `${format.list(places)}${cause.places.length > fewPlaces ? ' …' : ''}` })
      : '',
    t('runs.problems.first', { time: format.time(first.atMs) }),
    first.failure.retry === 'never' ? '' : t(`runs.problems.retry.${first.failure.retry}`),
  ].filter((fact) => fact !== '');
  return (
    <li className={css['cause']}>
      <Glyph name={first.failure.retry === 'later' ? 'warning' : 'failed'} />
      <div className={css['causeWords']}>
        <p>
          {say(first.failure)} <span className={classes('st-mono', 'st-soft')}>{cause.code}</span>
        </p>
        <p className={css['causeFacts']}>{facts.join(' · ')}</p>
      </div>
      <span className={css['causeActions']}>
        {source && first.failure.retry === 'after-user-action' && (
          <LinkButton size="sm" to="/sources/$source" params={{ source: source.id }}>
            {t('runs.problems.source')}
          </LinkButton>
        )}
        <Button size="sm" aria-expanded={opened} onClick={() => setOpened(!opened)}>
          {t(opened ? 'runs.problems.hide' : 'runs.problems.details')}
        </Button>
      </span>
      {opened && <Details cause={cause} />}
    </li>
  );
}

function Details({ cause }: { readonly cause: Cause }) {
  const t = useWords();
  const format = useFormat();
  const shown = cause.problems.slice(0, mostRows);
  return (
    <div className={css['details']}>
      <table className={css['table']}>
        <thead>
          <tr>
            <th>{t('runs.problems.item')}</th>
            <th>{t('runs.problems.folder')}</th>
            <th>{t('runs.problems.sourceName')}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((problem, index) => (
            // The same item may fail twice for the same reason.
            <tr key={`${index} ${problem.item}`}>
              <td>{problem.item}</td>
              <td>{problem.folder}</td>
              <td>{problem.source}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {shown.length < cause.problems.length && (
        <p className="st-soft">
          {t('runs.problems.shown', { shown: format.number(shown.length), all: format.number(cause.problems.length) })}
        </p>
      )}
    </div>
  );
}
