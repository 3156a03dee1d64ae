import { Button } from '@mantine/core';
import { useState } from 'react';
import { type NewJobs, usualNewJobs } from '../../../shared/domain/new-jobs.ts';
import { engine } from '../../client/index.ts';
import { KeepFields } from '../../parts/keep-fields.tsx';
import { Conditions } from '../../parts/schedule/conditions.tsx';
import { faultOf, saysSame, usualWhen, type When } from '../../parts/schedule/when.ts';
import { WeekCard } from '../../parts/schedule/week-card.tsx';
import { tellFailure, usePreferences, useToasts } from '../../state/index.ts';
import { Card, FeedView, Page, SaveBar } from '../../widgets/index.ts';
import { useFormat, useWords } from '../../words/index.ts';

/** What jobs begin with where nobody says otherwise: by the fields of a job's own page. */
export function NewJobsPage() {
  const preferences = usePreferences();
  return (
    <FeedView feed={preferences} rows={8}>
      {({ newJobs }) => <Form key={JSON.stringify(newJobs)} kept={newJobs} />}
    </FeedView>
  );
}

interface Draft {
  readonly when: When;
  readonly retention: NewJobs['retention'];
}
const draftOf = ({ timing, retention }: NewJobs): Draft => ({ when: { ...usualWhen, timing }, retention });

function Form({ kept }: { readonly kept: NewJobs }) {
  const t = useWords();
  const format = useFormat();
  const show = useToasts((store) => store.show);
  const [draft, setDraft] = useState(() => draftOf(kept));
  // Fields that keep what is being typed begin anew with it.
  const [round, setRound] = useState(0);
  const [busy, setBusy] = useState(false);
  const { when, retention } = draft;
  const changes = changesOf(kept, draft);
  const fault = faultOf(when);
  const change = (part: Partial<When>): void => setDraft({ ...draft, when: { ...when, ...part } });
  const begin = (from: NewJobs): void => {
    setDraft(draftOf(from));
    setRound(round + 1);
  };
  const save = async (): Promise<void> => {
    setBusy(true);
    await tellFailure(t('settings.notKept'), async () => {
      await engine.call('app.setPreferences', { newJobs: { timing: when.timing, retention } });
      await usePreferences.getState().refresh();
      show({ tone: 'success', title: t('settings.newJobs.saved') });
    });
    setBusy(false);
  };
  return (
    <Page
      crumb={{ label: t('settings.title'), to: '/settings' }}
      title={t('settings.newJobs.title')}
      actions={
        <Button
          size="sm"
          disabled={saysSame({ timing: when.timing, retention }, usualNewJobs)}
          onClick={() => begin(usualNewJobs)}
        >
          {t('settings.newJobs.reset')}
        </Button>
      }
      foot={
        changes.length > 0 && (
          <SaveBar
            title={t('jobs.unsaved', { count: changes.length })}
            meaning={fault === null ? format.list(changes.map((one) => t(`jobs.change.${one}`))) : t(`schedule.fault.${fault}`)}
            saveLabel={t('parts.save')}
            busy={busy}
            disabled={fault !== null}
            onDiscard={() => begin(kept)}
            onSave={() => void save()}
          />
        )
      }
    >
      <p className="st-soft">{t('settings.newJobs.lead')}</p>
      <WeekCard key={`week ${round}`} when={when} days={[]} onChange={change} />
      <Conditions key={`conditions ${round}`} when={when} hasZone={false} onChange={change} />
      <Card title={t('jobs.keep.title')}>
        <p className="st-soft">{t('settings.newJobs.keepMeaning')}</p>
        <KeepFields retention={retention} onChange={(next) => setDraft({ ...draft, retention: next })} />
      </Card>
    </Page>
  );
}

type Change = 'windows' | 'conditions' | 'retention';

/** What cannot be understood yet is a change: it is neither saved nor forgotten. */
function changesOf(kept: NewJobs, { when, retention }: Draft): readonly Change[] {
  const { windows, windowEnd, slowBytesPerSecond, ...conditions } = when.timing;
  const { windows: oldWindows, windowEnd: oldEnd, slowBytesPerSecond: oldRate, ...oldConditions } = kept.timing;
  const fault = faultOf(when);
  const isTyped = fault === 'windows-text';
  return [
    ...(!isTyped && saysSame([windows, windowEnd, slowBytesPerSecond], [oldWindows, oldEnd, oldRate])
      ? []
      : (['windows'] as const)),
    ...(saysSame(conditions, oldConditions) ? [] : (['conditions'] as const)),
    ...(saysSame(retention, kept.retention) ? [] : (['retention'] as const)),
  ];
}
