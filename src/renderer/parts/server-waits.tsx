import type { LiveRun } from '../state/index.ts';
import { Glyph } from '../widgets/index.ts';
import { useFormat, useWords } from '../words/index.ts';
import css from './server-waits.module.css';

/** Which servers asked a run for a pause, and until when; nothing where none did. */
export function ServerWaits({ waits = [] }: Pick<NonNullable<LiveRun['progress']>, 'waits'>) {
  const t = useWords();
  const format = useFormat();
  if (waits.length === 0) return null;
  return (
    <ul className={css['waits']}>
      {waits.map(({ host, untilMs }) => (
        <li key={host}>
          <Glyph name="waiting" size={12} />
          <span>{t('parts.serverWaits', { host, time: format.time(untilMs) })}</span>
        </li>
      ))}
    </ul>
  );
}
