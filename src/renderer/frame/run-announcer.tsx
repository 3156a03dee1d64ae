import { useEffect, useRef, useState } from 'react';
import { usePaceWords } from '../parts/pace-words.ts';
import { useRunName } from '../parts/run-name.tsx';
import { paceOf, useLiveRuns, useRuns } from '../state/index.ts';
import { useWords } from '../words/index.ts';

/** Speech that never ends helps nobody: at most one sentence in ten seconds. */
const everyMs = 10_000;

/** Tells those who hear the window what the status bar shows to those who see it. */
export function RunAnnouncer() {
  const t = useWords();
  const say = usePaceWords();
  const nameOf = useRunName();
  const [sentence, setSentence] = useState('');
  const running = useLiveRuns(({ runs }) => runs.length > 0);
  const following = useRef<string | null>(null);

  const describe = useRef<() => void>(() => {});
  describe.current = () => {
    const live = useLiveRuns.getState().runs[0];
    if (live?.progress) {
      following.current = live.run.id;
      const { percent } = say(paceOf(live.progress, live.samples));
      const facts = { name: nameOf(live.run), doing: t(`parts.doing.${live.progress.phase}`) };
      setSentence(
        percent === null ? t('frame.status.announceCounting', facts) : t('frame.status.announce', { ...facts, percent }),
      );
      return;
    }
    const ended = useRuns.getState().value?.find(({ id }) => id === following.current);
    if (ended && ended.status !== 'running') {
      following.current = null;
      setSentence(t('frame.status.announceEnd', { name: nameOf(ended), status: t(`parts.status.${ended.status}`) }));
    }
  };

  useEffect(() => {
    describe.current();
    if (!running) return useRuns.subscribe(() => describe.current());
    const timer = setInterval(() => describe.current(), everyMs);
    return () => clearInterval(timer);
  }, [running]);

  return (
    <div className="st-hidden" role="status">
      {sentence}
    </div>
  );
}
