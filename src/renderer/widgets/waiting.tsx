import { useEffect, useState } from 'react';
import { useWords } from '../words/index.ts';
import css from './waiting.module.css';

/** What is quicker than this shows nothing; a flash of grey would look slower than the truth. */
const showAfterMs = 150;
/** From here on a person wonders what is going on. */
const sayAfterMs = 2000;

function useElapsed(ms: number): boolean {
  const [elapsed, setElapsed] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setElapsed(true), ms);
    return () => clearTimeout(timer);
  }, [ms]);
  return elapsed;
}

interface Props {
  /** Named after two seconds; without it the engine is what is waited for. */
  readonly what?: string;
  readonly rows?: number;
}

/** Rows in grey where something will stand. */
export function Waiting({ what, rows = 4 }: Props) {
  const t = useWords();
  const visible = useElapsed(showAfterMs);
  const long = useElapsed(sayAfterMs);
  return (
    <div className={css['waiting']} aria-busy>
      <span className="st-hidden" role="status">
        {visible ? t('parts.loading') : ''}
      </span>
      {visible && Array.from({ length: rows }, (_, row) => <i key={row} style={{ width: `${92 - ((row * 29) % 45)}%` }} />)}
      {long && <p>{what === undefined ? t('parts.waitingEngine') : t('parts.waitingFor', { what })}</p>}
    </div>
  );
}
