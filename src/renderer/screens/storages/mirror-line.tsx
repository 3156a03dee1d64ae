import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { engine } from '../../client/index.ts';
import type { RunId } from '../../../shared/domain/ids.ts';
import { type MirrorRow, paceOf, tellFailure, useLiveRun, useToasts } from '../../state/index.ts';
import { Glyph, type GlyphName, LinkButton, ProgressBar } from '../../widgets/index.ts';
import { useFailureWords, useFormat, useWords } from '../../words/index.ts';
import { MirrorMenu } from './mirror-menu.tsx';
import css from './mirrors.module.css';

interface Props {
  readonly mirror: MirrorRow;
  readonly onChanged: () => Promise<void>;
}

/** One mirror: what it lacks, when it last had everything, where it is, and the way to catch up. */
export function MirrorLine({ mirror, onChanged }: Props) {
  const t = useWords();
  const show = useToasts((store) => store.show);
  const { id, name, path, running, lacks } = mirror;
  const state = useStateOf(mirror);
  const run = (): Promise<void> =>
    tellFailure(t('storages.mirrors.run'), async () => {
      await engine.call('mirror.run', { mirror: id });
      show({ tone: 'information', title: t('storages.mirrors.started', { name }) });
      await onChanged();
    });
  return (
    <li className={css['line']}>
      <Glyph name={state.glyph} />
      <span className={css['words']}>
        <Link to="/storages/$storage" params={{ storage: id }} className="st-ellipsis">
          {name}
        </Link>
        <span>{state.text}</span>
        <span className={css['place']}>
          <span className="st-ellipsis" title={path}>
            {path}
          </span>
          <Facts mirror={mirror} />
        </span>
        {running !== null && <Progress id={running} />}
      </span>
      {running === null ? (
        <Button size="sm" disabled={lacks === null || lacks.moments === 0} onClick={() => void run()}>
          {t('storages.mirrors.run')}
        </Button>
      ) : (
        <LinkButton size="sm" to="/runs/$run" params={{ run: running }}>
          {t('parts.show')}
        </LinkButton>
      )}
      <MirrorMenu mirror={mirror} onChanged={onChanged} />
    </li>
  );
}

function Facts({ mirror: { enabled, isElsewhere, isSameDisk, retention } }: { readonly mirror: MirrorRow }) {
  const t = useWords();
  const format = useFormat();
  const facts = [
    isSameDisk && t('storages.mirrors.sameDisk'),
    isElsewhere && t('storages.mirrors.elsewhere'),
    !enabled && t('storages.mirrors.byHand'),
    t(retention === null ? 'storages.mirrors.keepsAll' : 'storages.mirrors.keepsByRules'),
  ].filter((fact) => fact !== false);
  return <span>{format.list(facts)}</span>;
}

function useStateOf({ running, failure, lacks, lastRun, caughtUpAtMs }: MirrorRow): { glyph: GlyphName; text: string } {
  const t = useWords();
  const format = useFormat();
  const say = useFailureWords();
  if (running !== null) return { glyph: 'running', text: t('storages.mirrors.running') };
  if (lacks === null) return { glyph: 'waiting', text: failure === null ? '' : say(failure) };
  if (lacks.moments === 0) {
    const moment = caughtUpAtMs === null ? '' : format.moment(caughtUpAtMs);
    return { glyph: 'fine', text: t('storages.mirrors.complete', { context: moment === '' ? 'never' : 'since', moment }) };
  }
  const since = lacks.sinceMs === null ? '' : format.moment(lacks.sinceMs);
  const behind = t('storages.mirrors.behind', { count: lacks.moments, since });
  if (lastRun?.status !== 'failed' || lastRun.failure === null) return { glyph: 'late', text: behind };
  return { glyph: 'failed', text: `${behind} ${say(lastRun.failure)}` };
}

function Progress({ id }: { readonly id: RunId }) {
  const t = useWords();
  const live = useLiveRun(id);
  const share = live?.progress ? paceOf(live.progress, live.samples).share : null;
  return <ProgressBar share={share} height={6} label={t('storages.mirrors.running')} className={css['progress']} />;
}
