import { type LiveRun, paceOf, type RunRecord } from '../../state/index.ts';
import { classes, FactList, Glyph, type GlyphName, ProgressBar } from '../../widgets/index.ts';
import { Trans, useFormat, useWords } from '../../words/index.ts';
import { usePaceWords } from '../../parts/pace-words.ts';
import { ServerWaits } from '../../parts/server-waits.tsx';
import { type Step, stepsOf } from './phases.ts';
import css from './run-detail.module.css';
import { SpeedChart } from './speed-chart.tsx';
import { usualPhaseMs } from './usual.ts';

interface Props {
  readonly run: RunRecord;
  readonly live: LiveRun | undefined;
  readonly earlier: readonly RunRecord[];
}

/** Its phases; and while it goes on, how far it is, how fast, and what it works on. */
export function LiveCard({ run, live, earlier }: Props) {
  const t = useWords();
  const steps = stepsOf(run, live?.progress?.phase);
  if (steps.length === 0) return null;
  return (
    <section className={css['livebig']}>
      <ol className={css['steps']} aria-label={t('runs.phases')}>
        {steps.map((step) => (
          <StepChip key={step.phase} step={step} usualMs={usualPhaseMs(step.phase, earlier)} />
        ))}
      </ol>
      {live?.progress && <Progress live={live} progress={live.progress} storage={run.storageName} />}
    </section>
  );
}

const glyphOf: Readonly<Record<Step['state'], GlyphName>> = {
  done: 'fine',
  current: 'running',
  paused: 'paused',
  ahead: 'nothing',
  broken: 'failed',
};

function StepChip({ step, usualMs }: { readonly step: Step; readonly usualMs: number | null }) {
  const t = useWords();
  const format = useFormat();
  const { phase, state, startedAtMs, endedAtMs } = step;
  const fact = (): string => {
    if (state === 'ahead' || startedAtMs === null)
      return usualMs === null ? t('runs.ahead') : t('runs.usually', { duration: format.duration(usualMs) });
    if (endedAtMs === null) return t('runs.soFar', { duration: format.duration(Date.now() - startedAtMs) });
    return format.duration(endedAtMs - startedAtMs);
  };
  return (
    <li className={classes(css['step'], css[state])} aria-current={state === 'current' ? 'step' : undefined}>
      <Glyph name={glyphOf[state]} />
      <span>{t(`parts.phase.${phase}`)}</span>
      <em>{fact()}</em>
    </li>
  );
}

/** What is being worked on, or who lets us wait. */
function Now({ progress: { current, waits = [] } }: Pick<ProgressProps, 'progress'>) {
  return waits.length === 0 ? current : <ServerWaits waits={waits} />;
}

interface ProgressProps {
  readonly live: LiveRun;
  readonly progress: NonNullable<LiveRun['progress']>;
  readonly storage: string | null;
}

function Progress({ live, progress }: ProgressProps) {
  const t = useWords();
  const format = useFormat();
  const pace = paceOf(progress, live.samples);
  const words = usePaceWords()(pace);
  const of = (done: string, total: string | null) =>
    total === null ? <b>{done}</b> : <Trans t={t} i18nKey="parts.bytesOf" values={{ done, total }} components={{ b: <b /> }} />;
  return (
    <div className={css['live']}>
      <div className={css['numbers']}>
        <p className={css['headline']}>
          <b>{words.percent ?? t('runs.live.counting')}</b>
          {words.left && <span>{words.left}</span>}
          {words.rate && <span className={css['rate']}>{t('runs.live.at', { rate: words.rate })}</span>}
        </p>
        <ProgressBar share={pace.share} height={12} label={t(`parts.phase.${progress.phase}`)} className={css['progress']} />
        <FactList
          facts={[
            {
              name: t('runs.live.items'),
              value: of(
                format.number(progress.itemsDone),
                progress.itemsTotal === null ? null : format.number(progress.itemsTotal),
              ),
            },
            {
              name: t('runs.live.bytes'),
              value: of(
                format.bytes(progress.bytesDone),
                progress.bytesTotal === null ? null : format.bytes(progress.bytesTotal),
              ),
            },
            ...(live.run.kind === 'backup'
              ? [
                  {
                    name: t('runs.live.stored'),
                    value: (
                      <>
                        <b>{format.bytes(progress.bytesStored)}</b> {t('runs.live.storedMeaning')}
                      </>
                    ),
                  },
                ]
              : []),
            { name: t('runs.live.now'), value: <Now progress={progress} /> },
          ]}
        />
      </div>
      <SpeedChart samples={live.samples} />
    </div>
  );
}
