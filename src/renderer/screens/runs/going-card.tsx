import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { engine } from '../../client/index.ts';
import { RunName, useRunName } from '../../parts/run-name.tsx';
import { RunState } from '../../parts/run-state.tsx';
import { useStopRun } from '../../parts/use-stop-run.ts';
import { type LiveRun, tellFailure, useLiveRuns } from '../../state/index.ts';
import { Card } from '../../widgets/index.ts';
import { useFormat, useWords } from '../../words/index.ts';
import css from './run-list.module.css';

/** What runs now, and what waits for whom; nothing where neither does. */
export function GoingCard() {
  const t = useWords();
  const going = useLiveRuns(({ runs }) => runs);
  if (going.length === 0) return null;
  const stopAll = (): void =>
    void tellFailure(t('runs.going.stopAll'), async () => {
      for (const { run } of going) await engine.call('run.stop', { id: run.id, how: 'after-item' });
    });
  return (
    <Card
      flush
      title={t('runs.going.title')}
      action={
        <Button size="xs" onClick={stopAll}>
          {t('runs.going.stopAll')}
        </Button>
      }
    >
      <ul className={css['going']}>
        {going.map((live) => (
          <Going key={live.run.id} live={live} />
        ))}
      </ul>
    </Card>
  );
}

function Going({ live: { run, progress } }: { readonly live: LiveRun }) {
  const t = useWords();
  const format = useFormat();
  const nameOf = useRunName();
  const { asked, stop } = useStopRun(run.id);
  const waitsFor = progress?.phase === 'waiting' ? progress.current : '';
  return (
    <li>
      <RunState status={run.status} phase={progress?.phase} small />
      <Link to="/runs/$run" params={{ run: run.id }} className="st-ellipsis">
        <RunName run={run} />
      </Link>
      <span className="st-soft st-ellipsis">
        {waitsFor === ''
          ? t('runs.going.since', { moment: format.time(run.startedAtMs) })
          : t('runs.going.waitsFor', { name: waitsFor })}
      </span>
      <Button
        size="xs"
        aria-label={t(asked ? 'runs.going.stopNowOf' : 'runs.going.stopOf', { name: nameOf(run) })}
        onClick={() => stop(asked ? 'now' : 'after-item')}
      >
        {t(asked ? 'runs.stopNow' : 'runs.going.stop')}
      </Button>
    </li>
  );
}
