import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { engine } from '../../client/index.ts';
import type { RunId } from '../../../shared/domain/ids.ts';
import { type MirrorRow, paceOf, tellFailure, useLiveRun, useToasts } from '../../state/index.ts';
import { Glyph, type GlyphName, LinkButton, ProgressBar } from '../../widgets/index.ts';
import { useFailureWords, useFormat, useWords } from '../../words/index.ts';
import { useArchiveFacts } from './use-archive-facts.ts';
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
  const words = mirror.archive === null ? 'storages.mirrors' : 'archives';
  const run = (): Promise<void> =>
    tellFailure(t(`${words}.run`), async () => {
      await engine.call('mirror.run', { mirror: id });
      show({ tone: 'information', title: t(`${words}.started`, { name }) });
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
          {t(`${words}.run`)}
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

function Facts({ mirror }: { readonly mirror: MirrorRow }) {
  const t = useWords();
  const format = useFormat();
  const archiveFacts = useArchiveFacts(mirror);
  const { enabled, isElsewhere, isSameDisk, retention, archive } = mirror;
  const facts = [
    ...archiveFacts,
    isSameDisk && t('storages.mirrors.sameDisk'),
    isElsewhere && t('storages.mirrors.elsewhere'),
    archive === null && !enabled && t('storages.mirrors.byHand'),
    t(retention === null ? 'storages.mirrors.keepsAll' : 'storages.mirrors.keepsByRules'),
  ].filter((fact) => fact !== false);
  return <span>{format.list(facts)}</span>;
}

function useStateOf({ running, failure, lacks, lastRun, caughtUpAtMs, archive }: MirrorRow): { glyph: GlyphName; text: string } {
  const t = useWords();
  const format = useFormat();
  const say = useFailureWords();
  const words = archive === null ? 'storages.mirrors' : 'archives';
  if (running !== null) return { glyph: 'running', text: t(`${words}.running`) };
  if (lacks === null) return { glyph: 'waiting', text: failure === null ? '' : say(failure) };
  if (lacks.moments === 0) {
    const moment = caughtUpAtMs === null ? '' : format.moment(caughtUpAtMs);
    return { glyph: 'fine', text: t(`${words}.complete`, { context: moment === '' ? 'never' : 'since', moment }) };
  }
  const since = lacks.sinceMs === null ? '' : format.moment(lacks.sinceMs);
  const isEmpty = archive !== null && caughtUpAtMs === null;
  const behind = isEmpty ? t('archives.empty', { count: lacks.moments }) : t(`${words}.behind`, { count: lacks.moments, since });
  const glyph = archive === null ? 'late' : 'waiting';
  if (lastRun?.status !== 'failed' || lastRun.failure === null) return { glyph, text: behind };
  return { glyph: 'failed', text: `${behind} ${say(lastRun.failure)}` };
}

function Progress({ id }: { readonly id: RunId }) {
  const t = useWords();
  const live = useLiveRun(id);
  const share = live?.progress ? paceOf(live.progress, live.samples).share : null;
  return <ProgressBar share={share} height={6} label={t('storages.mirrors.running')} className={css['progress']} />;
}
