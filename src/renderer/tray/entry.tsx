import { useId, useState } from 'react';
import type { TrayEntry } from '../../shared/contract/tray.ts';
import css from './tray.module.css';

interface Props {
  readonly entry: TrayEntry;
  readonly choose: (id: string) => void;
}

/** A line that says something, a button that does something, or a heading under which there is more. */
export function Entry({ entry, choose }: Props) {
  const { id, label, canBeChosen, below, percent } = entry;
  if (percent !== undefined) return <Running entry={entry} choose={choose} />;
  if (below.length > 0) return <More entry={entry} choose={choose} />;
  return (
    <li>
      {canBeChosen ? (
        <button type="button" className={css['button']} onClick={() => choose(id)}>
          {label}
        </button>
      ) : (
        <p className={css['line']}>{label}</p>
      )}
    </li>
  );
}

/** What can be done with it is in sight: it is why people look here. */
function Running({ entry: { label, percent, below }, choose }: Props) {
  return (
    <li className={css['running']}>
      <p className={css['line']}>{label}</p>
      {/* The line above says it in words. */}
      <progress className={css['progress']} max={100} value={percent ?? undefined} aria-hidden />
      <div className={css['side']}>
        {below.map(({ id, label: text }) => (
          <button key={id} type="button" className={css['small']} onClick={() => choose(id)}>
            {text}
          </button>
        ))}
      </div>
    </li>
  );
}

function More({ entry: { label, below }, choose }: Props) {
  const [isOpen, setOpen] = useState(false);
  const list = useId();
  return (
    <li>
      <button
        type="button"
        className={css['button']}
        aria-expanded={isOpen}
        aria-controls={list}
        onClick={() => setOpen(!isOpen)}
      >
        {label}
        <svg className={css['chevron']} viewBox="0 0 16 16" width="12" height="12" aria-hidden>
          <path
            d="M4 6l4 4 4-4"
            fill="none"
            stroke="currentColor"
            strokeWidth="1.7"
            strokeLinecap="round"
            strokeLinejoin="round"
          />
        </svg>
      </button>
      <ul id={list} className={css['below']} hidden={!isOpen}>
        {below.map(({ id, label: text }) => (
          <li key={id}>
            <button type="button" className={css['button']} onClick={() => choose(id)}>
              {text}
            </button>
          </li>
        ))}
      </ul>
    </li>
  );
}
