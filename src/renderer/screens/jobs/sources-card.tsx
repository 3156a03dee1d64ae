import { Button, Checkbox } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { type Choice, choiceOf, type ChosenSource, takesEverything } from '../../../shared/domain/choice.ts';
import type { SourceId } from '../../../shared/domain/ids.ts';
import { useChoiceWords } from '../../parts/choosing/use-choice-words.ts';
import { kindOfSource } from '../../parts/kinds.ts';
import { ChoiceDialog } from './choice-dialog.tsx';
import { useAsking } from './use-asking.ts';
import { useSources } from '../../state/index.ts';
import { Card, FeedView, KindIcon, Note } from '../../widgets/index.ts';
import { useFormat, useWords } from '../../words/index.ts';
import type { JobDraft } from './job-draft.ts';
import css from './jobs.module.css';
import { SourceRank } from './source-rank.tsx';

interface Props {
  readonly draft: JobDraft;
  readonly onChange: (sources: readonly SourceId[]) => void;
  readonly onChoose: (choices: readonly ChosenSource[]) => void;
}

/** Which of the known sources this job backs up. */
export function SourcesCard({ draft, onChange, onChoose }: Props) {
  const t = useWords();
  const format = useFormat();
  const sources = useSources();
  const toggle = (id: SourceId, on: boolean): void =>
    onChange(on ? [...draft.sources, id] : draft.sources.filter((source) => source !== id));
  const say = useChoiceWords();
  const [asking, setAsking, proposal] = useAsking();
  const choose = (source: SourceId, choice: Choice): void => {
    const others = draft.choices.filter((one) => one.source !== source);
    onChoose(takesEverything(choice) && choice.priority === 1 ? others : [...others, { source, choice }]);
    setAsking(null);
  };
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
            {value.map((source) => {
              const { id, name, settings, protectedUntilMs } = source;
              return (
                <li key={id}>
                  <span className={css['sourceLine']}>
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
                  </span>
                  {draft.sources.includes(id) && (
                    <span className={css['sourceLine']}>
                      <span className={css['choice']}>{say(choiceOf(draft.choices, id)).join(' ')}</span>
                      {draft.sources.length > 1 && (
                        <SourceRank
                          name={name}
                          rank={choiceOf(draft.choices, id).priority}
                          onChange={(priority) => choose(id, { ...choiceOf(draft.choices, id), priority })}
                        />
                      )}
                      <Button size="sm" aria-label={t('choosing.changeOf', { name })} onClick={() => setAsking(id)}>
                        {t('choosing.change')}
                      </Button>
                    </span>
                  )}
                  {asking === id && (
                    <ChoiceDialog
                      source={source}
                      choice={choiceOf(draft.choices, id)}
                      proposed={proposal?.(choiceOf(draft.choices, id), settings.kind)}
                      goneDays={draft.retention?.rules.goneSourceDays || null}
                      onClose={() => setAsking(null)}
                      onUse={(choice) => choose(id, choice)}
                    />
                  )}
                </li>
              );
            })}
          </ul>
        )}
      </FeedView>
      {draft.sources.length === 0 && <Note tone="warning">{t('jobs.sources.atLeastOne')}</Note>}
      <p className={css['hint']}>
        {t('jobs.sources.changeWarning')} {draft.sources.length > 1 && t('jobs.sources.rankMeaning')}
      </p>
    </Card>
  );
}
