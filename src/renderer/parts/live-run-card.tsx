import { Button } from '@mantine/core';
import { type LiveRun, paceOf, speedsOf } from '../state/index.ts';
import { AreaLine, Card, Glyph, LinkButton, ProgressBar } from '../widgets/index.ts';
import { Trans, useFormat, useWords } from '../words/index.ts';
import css from './live-run-card.module.css';
import { usePaceWords } from './pace-words.ts';
import { RunName } from './run-name.tsx';
import { ServerWaits } from './server-waits.tsx';
import { useStopRun } from './use-stop-run.ts';

/** A run that goes on now, in five facts and a curve. */
export function LiveRunCard({ live }: { readonly live: LiveRun }) {
  const { run, progress, samples } = live;
  const t = useWords();
  const format = useFormat();
  const say = usePaceWords();
  const stopping = useStopRun(run.id);
  const pace = progress && paceOf(progress, samples);
  const words = pace ? say(pace) : null;
  const speeds = speedsOf(samples, 36);
  return (
    <Card>
      <div className={css['head']}>
        <Glyph name="running" />
        <b>
          <RunName run={run} />
        </b>
        <span className="st-soft st-ellipsis">
          {progress && t('home.live.is', { doing: t(`parts.doing.${progress.phase}`) })} ·{' '}
          {t(run.trigger === 'schedule' ? 'home.live.bySchedule' : 'home.live.byPerson', { time: format.time(run.startedAtMs) })}
        </span>
        <span className={css['space']} />
        {stopping.asked ? (
          <span className="st-soft">{t('home.live.stopping')}</span>
        ) : (
          <Button size="sm" onClick={() => stopping.stop('after-item')}>
            {t('home.live.stopAfterItem')}
          </Button>
        )}
        <LinkButton size="sm" to="/runs/$run" params={{ run: run.id }}>
          {t('parts.show')}
        </LinkButton>
      </div>
      <div className={css['body']}>
        <div className={css['grow']}>
          <ProgressBar share={pace?.share ?? null} label={t('parts.status.running')} />
          <p className={css['facts']}>
            {words && <b>{words.percent ?? t('parts.stillCounting')}</b>}
            {progress && (
              <ItemsDone
                done={format.number(progress.itemsDone)}
                total={progress.itemsTotal === null ? null : format.number(progress.itemsTotal)}
                count={progress.itemsDone}
              />
            )}
            {progress && progress.bytesTotal !== null && progress.bytesTotal > 0 && (
              <span>
                <Trans
                  t={t}
                  i18nKey="parts.bytesOf"
                  values={{ done: format.bytes(progress.bytesDone), total: format.bytes(progress.bytesTotal) }}
                  components={{ b: <b /> }}
                />
              </span>
            )}
            {words?.left && <span>{words.left}</span>}
          </p>
          <ServerWaits waits={progress?.waits} />
        </div>
        {words?.rate && (
          <div className={css['speed']}>
            <span className="st-soft">
              {words.rate}
              <br />
              {t('home.live.now')}
            </span>
            <AreaLine values={speeds} width={132} height={36} label={t('home.live.speeds')} />
          </div>
        )}
      </div>
    </Card>
  );
}

function ItemsDone({ done, total, count }: { readonly done: string; readonly total: string | null; readonly count: number }) {
  const t = useWords();
  if (total === null) return <span>{t('parts.items', { count })}</span>;
  return (
    <span>
      <Trans t={t} i18nKey="parts.itemsOf" values={{ done, total }} components={{ b: <b /> }} />
    </span>
  );
}
