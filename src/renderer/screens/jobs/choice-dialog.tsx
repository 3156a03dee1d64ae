import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { type Choice, choiceText, isSameChoice, takesEverything } from '../../../shared/domain/choice.ts';
import { ChooseSource } from '../../parts/choosing/choose-source.tsx';
import { useChoiceWords } from '../../parts/choosing/use-choice-words.ts';
import { type SurveyState, useSurvey } from '../../parts/choosing/use-survey.ts';
import type { SourceSummary } from '../../state/index.ts';
import { FactList } from '../../widgets/index.ts';
import { useWords } from '../../words/index.ts';
import css from './jobs.module.css';
import { LeftOutQuestion } from './left-out-question.tsx';

interface Props {
  readonly source: SourceSummary;
  readonly choice: Choice;
  /** What it opens with: a change that somebody came for. */
  readonly proposed?: Choice | undefined;
  /** After how many days the job lets a gone source go; null: never. */
  readonly goneDays: number | null;
  readonly onUse: (choice: Choice) => void;
  readonly onClose: () => void;
}

/** Changes what a job takes of a source, and says what that changes before anything is saved. */
export function ChoiceDialog({ source, choice, proposed, goneDays, onUse, onClose }: Props) {
  const t = useWords();
  const { id, name, settings } = source;
  const [next, setNext] = useState(proposed ?? choice);
  const takesElse = choiceText(next) !== choiceText(choice);
  const asked = (one: Choice) => ({ source: id, settings: null, secret: null, choice: one });
  // What is taken now is counted as well, to say what differs.
  const survey = useSurvey(
    JSON.stringify([id, choiceText(next), takesElse]),
    takesElse ? [asked(next), asked(choice)] : [asked(next)],
  );
  return (
    <Modal
      opened
      onClose={onClose}
      size="72rem"
      title={t('choosing.title', { name })}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t('parts.close') }}
    >
      <div className={css['dialogBody']}>
        <ChooseSource name={name} kind={settings.kind} choice={next} survey={survey} source={0} onChange={setNext}>
          {takesElse && <Difference before={choice} after={next} survey={survey} />}
          {!takesEverything(next) && (
            <LeftOutQuestion fate={next.leftOut} days={goneDays} onChange={(leftOut) => setNext({ ...next, leftOut })} />
          )}
        </ChooseSource>
      </div>
      <div className={css['dialogFoot']}>
        <Button onClick={onClose}>{t('parts.cancel')}</Button>
        <Button variant="filled" disabled={isSameChoice(next, choice)} onClick={() => onUse(next)}>
          {t('choosing.apply')}
        </Button>
      </div>
    </Modal>
  );
}

function Difference({
  before,
  after,
  survey,
}: {
  readonly before: Choice;
  readonly after: Choice;
  readonly survey: SurveyState;
}) {
  const t = useWords();
  const say = useChoiceWords();
  const [then, now] = survey.survey?.sources ?? [];
  const isCounted = then?.state === 'done' && now?.state === 'done' && !survey.isStale;
  const more = isCounted ? then.whole.taken.items - now.whole.taken.items : 0;
  return (
    <>
      {isCounted && (
        <p role="status">
          {more < 0 && t('choosing.dropped', { count: -more })}
          {more > 0 && t('choosing.added', { count: more })}
          {more === 0 && t('choosing.same')}
        </p>
      )}
      <FactList
        facts={[
          { name: t('choosing.before'), value: say(before).join(' ') },
          { name: t('choosing.after'), value: say(after).join(' ') },
        ]}
      />
    </>
  );
}
