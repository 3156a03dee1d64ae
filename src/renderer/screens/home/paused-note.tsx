import { Button } from '@mantine/core';
import { engine } from '../../client/index.ts';
import { tellFailure } from '../../state/index.ts';
import { Note } from '../../widgets/index.ts';
import { useFormat, useWords } from '../../words/index.ts';

/** Nobody should believe in backups that somebody paused and forgot. */
export function PausedNote({ untilMs }: { readonly untilMs: number | null }) {
  const t = useWords();
  const format = useFormat();
  if (untilMs === null) return null;
  const goOn = (): void => void tellFailure(t('home.paused.goOn'), () => engine.call('clock.pause', { untilMs: null }));
  return (
    <Note
      tone="warning"
      title={t('home.paused.title', { moment: format.moment(untilMs) })}
      action={
        <Button size="sm" onClick={goOn}>
          {t('home.paused.goOn')}
        </Button>
      }
    >
      {t('home.paused.meaning')}
    </Note>
  );
}
