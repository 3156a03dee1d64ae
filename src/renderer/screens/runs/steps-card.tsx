import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { RunStep } from '../../../shared/domain/run-step.ts';
import { sayStepName, sayStepState } from '../../../shared/words/steps.ts';
import { engine } from '../../client/index.ts';
import { type RunRecord, useAnswer } from '../../state/index.ts';
import { Card, Glyph, type GlyphName } from '../../widgets/index.ts';
import { useFailureWords, useFormat, useLanguage, useWords } from '../../words/index.ts';
import css from './run-detail.module.css';

const glyphOfState: Readonly<Record<RunStep['state'], GlyphName>> = {
  done: 'fine',
  nothing: 'nothing',
  warning: 'warning',
  failed: 'failed',
  stopped: 'paused',
  cut: 'warning',
  going: 'running',
  waiting: 'waiting',
  off: 'nothing',
};

/** What goes with the run, each with its own outcome; what goes on after its end as it stands now. */
export function StepsCard({ run }: { readonly run: RunRecord }) {
  const t = useWords();
  const question = `steps ${run.id} ${run.status} ${run.steps.length}`;
  const { value, refresh } = useAnswer(question, () => engine.call('run.steps', { id: run.id }), true);
  // People are told after the end.
  useEffect(
    () =>
      engine.on('changed', ({ what }) => {
        if (what === 'alerts') void refresh();
      }),
    [refresh],
  );
  if (value === null || value.length === 0) return null;
  return (
    <Card title={t('runs.steps.title')} flush>
      <ul className={css['followed']}>
        {value.map((step) => (
          <Step key={`${step.kind} ${step.name}`} step={step} run={run} />
        ))}
      </ul>
    </Card>
  );
}

function Step({ step, run }: { readonly step: RunStep; readonly run: RunRecord }) {
  const t = useWords();
  const format = useFormat();
  const language = useLanguage();
  const say = useFailureWords();
  const name = step.kind === 'notice' && step.name === 'desktop' ? t('alerts.kinds.desktop') : step.name;
  return (
    <li>
      <Glyph name={glyphOfState[step.state]} />
      <b>{sayStepName({ ...step, name }, language)}</b>
      <span>
        {sayStepState(step, language, (ms) => format.moment(ms))}
        {step.failure !== null && <span className="st-soft">{` · ${say(step.failure)}`}</span>}
      </span>
      {step.run !== null && step.run !== run.id && (
        <Link
          to="/runs/$run"
          params={{ run: step.run }}
          aria-label={t('runs.steps.showRun', { name: sayStepName(step, language) })}
        >
          {t('parts.show')}
        </Link>
      )}
    </li>
  );
}
