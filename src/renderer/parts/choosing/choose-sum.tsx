import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { skippedOf, type SurveyedSource } from '../../../shared/domain/survey.ts';
import { sayNever, sayRule } from '../../../shared/words/choice.ts';
import { Card, classes, FailureNote, Note } from '../../widgets/index.ts';
import { useFormat, useLanguage, useWords } from '../../words/index.ts';
import css from './choosing.module.css';
import type { SurveyState } from './use-survey.ts';

interface Props {
  readonly survey: SurveyState;
  readonly source: number;
  /** More to say of it. */
  readonly children?: ReactNode;
}

/** What a choice means in numbers: while they are counted, and with what nobody can know. */
export function ChooseSum({ survey, source, children }: Props) {
  const t = useWords();
  const { failure, isGoing, isStale } = survey;
  const seen = survey.survey?.sources[source];
  const current = survey.survey?.current ?? '';
  const isLooking = isGoing || isStale;
  return (
    <Card
      title={t('choosing.preview')}
      action={
        isGoing ? (
          <Button size="sm" onClick={survey.stop}>
            {t('choosing.stop')}
          </Button>
        ) : (
          <Button size="sm" disabled={isStale} onClick={survey.again}>
            {t('choosing.again')}
          </Button>
        )
      }
    >
      <div className={css['sum']}>
        {seen !== undefined && <Sentence seen={seen} isStale={isStale} />}
        <p className={classes(css['hint'], css['current'])}>
          {isLooking
            ? current === ''
              ? t('choosing.lookingAtAll')
              : t('choosing.looking', { what: current })
            : t('choosing.readsNothing')}
        </p>
        {children}
        {failure !== null && <FailureNote failure={failure} retry={survey.again} />}
        {seen?.failure && <FailureNote failure={seen.failure} retry={survey.again} />}
        {seen?.state === 'stopped' && <Note tone="warning">{t('choosing.stopped')}</Note>}
        {seen !== undefined && <Uncertain seen={seen} />}
        {seen !== undefined && <ByRule seen={seen} isStale={isStale} />}
      </div>
    </Card>
  );
}

/** Spoken once it is whole. */
function Sentence({ seen, isStale }: { readonly seen: SurveyedSource; readonly isStale: boolean }) {
  const t = useWords();
  const format = useFormat();
  const { taken } = seen.whole;
  const skipped = skippedOf(seen.whole);
  const items = (count: number): string => t('parts.items', { count });
  const isWhole = seen.state !== 'going' && seen.state !== 'waiting';
  const said = isWhole
    ? t('choosing.sum', {
        taken: items(taken.items),
        bytes: format.bytes(taken.bytes),
        skipped: items(skipped.items),
        skippedBytes: format.bytes(skipped.bytes),
      })
    : t('choosing.sumSoFar', { taken: items(taken.items), bytes: format.bytes(taken.bytes) });
  return (
    <p role="status" className={classes(css['sentence'], isStale && css['stale'])}>
      {isStale ? t('choosing.stale') : said}
    </p>
  );
}

function Uncertain({ seen: { whole, idle } }: { readonly seen: SurveyedSource }) {
  const t = useWords();
  const format = useFormat();
  const counted = (['unreadable', 'unknown', 'unsized', 'untimed'] as const).filter((what) => whole[what] > 0);
  return (
    <>
      {counted.map((what) => (
        <Note key={what} tone={what === 'unreadable' ? 'warning' : 'plain'}>
          {t(`choosing.${what}`, { count: whole[what] })}
        </Note>
      ))}
      {idle.length > 0 && <Note tone="warning">{t('choosing.idle', { rules: format.list(idle) })}</Note>}
    </>
  );
}

function ByRule({ seen: { whole, kind, state }, isStale }: { readonly seen: SurveyedSource; readonly isStale: boolean }) {
  const t = useWords();
  const format = useFormat();
  const language = useLanguage();
  return (
    <dl className={classes(css['byRule'], isStale && css['stale'])}>
      <dt>{t('choosing.byRule')}</dt>
      <dd>
        {whole.skipped.length === 0 && state === 'done' && t('choosing.nothingSkipped')}
        <ul>
          {whole.skipped.map((one) => (
            <li key={`${one.rule} ${one.text}`}>
              <span>{sayRule(one, language)}</span>
              <span>
                {t('choosing.amount', { items: t('parts.items', { count: one.items }), bytes: format.bytes(one.bytes) })}
              </span>
            </li>
          ))}
        </ul>
      </dd>
      <dt>{t('choosing.never')}</dt>
      <dd>{sayNever(kind, language)}</dd>
    </dl>
  );
}
