import type { RunRecord } from '../state/index.ts';
import { useFormat, useWords } from '../words/index.ts';
import css from './lost-versions.module.css';

/** Versions that lack something: which item, which of its versions, and the time for which it stood. */
export function LostVersions({ lost }: { readonly lost: NonNullable<RunRecord['repair']>['lost'] }) {
  const t = useWords();
  const format = useFormat();
  return (
    // Scrolls, so it must be reached by keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls
    <ul className={css['list']} tabIndex={0} aria-label={t('parts.lost.title')}>
      {lost.map(({ item, version, fromMs, toMs }) => (
        <li key={`${item} ${version}`}>
          <b>{item}</b>
          <span>
            {toMs === null
              ? t('parts.lost.since', { version, from: format.fullMoment(fromMs) })
              : t('parts.lost.between', { version, from: format.fullMoment(fromMs), until: format.fullMoment(toMs) })}
          </span>
        </li>
      ))}
    </ul>
  );
}
