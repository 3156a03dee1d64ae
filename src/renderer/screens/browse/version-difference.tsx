import type { ReactNode } from 'react';
import type { StorageId } from '../../../shared/domain/ids.ts';
import type { JsonValue } from '../../../shared/domain/json.ts';
import { type Difference, differences } from '../../../shared/domain/version-differences.ts';
import type { HistoryRow } from '../../state/index.ts';
import { useFormat, useWords } from '../../words/index.ts';
import { flagWord } from './flag-words.ts';
import css from './preview.module.css';
import { TextDifference } from './text-difference.tsx';

interface Props {
  readonly storage: StorageId;
  readonly before: HistoryRow;
  readonly after: HistoryRow;
}

/** Field by field, and the text line by line: struck what is gone, underlined what came. */
export function VersionDifference({ storage, before, after }: Props) {
  const t = useWords();
  const found = differences(before, after);
  return (
    <section className={css['diff']} aria-label={t('browse.versions.compare')}>
      <header>
        {t('browse.versions.compareTitle', { before: before.version, after: after.version })}
        <span className="st-soft">{found.length > 0 && t('browse.versions.differ', { count: found.length })}</span>
      </header>
      {found.length === 0 && <p>{t('browse.versions.same')}</p>}
      <dl>
        {found.map((difference) => (
          <div key={difference.field === 'metadata' ? difference.key : difference.field}>
            <dt>
              {t(`browse.versions.field.${difference.field}`, { key: difference.field === 'metadata' ? difference.key : '' })}
            </dt>
            <dd>
              <Values difference={difference} />
            </dd>
          </div>
        ))}
      </dl>
      {found.some(({ field }) => field === 'content') && <TextDifference storage={storage} before={before} after={after} />}
    </section>
  );
}

function Values({ difference }: { readonly difference: Difference }) {
  const t = useWords();
  const format = useFormat();
  switch (difference.field) {
    case 'folder':
    case 'name':
      return (
        <>
          <Gone>{difference.before}</Gone> <Come>{difference.after}</Come>
        </>
      );
    case 'flags':
      return (
        <>
          {difference.kept.map((flag) => flagWord(t, flag)).join(', ')}{' '}
          {difference.removed.map((flag) => (
            <Gone key={flag}>{flagWord(t, flag)}</Gone>
          ))}{' '}
          {difference.added.map((flag) => (
            <Come key={flag}>{flagWord(t, flag)}</Come>
          ))}
        </>
      );
    case 'content':
      return (
        <>
          {t('browse.versions.contentDiffers', {
            before: format.bytes(difference.before),
            after: format.bytes(difference.after),
          })}
        </>
      );
    case 'metadata':
      return (
        <>
          {difference.before !== undefined && <Gone>{plain(difference.before)}</Gone>}{' '}
          {difference.after !== undefined && <Come>{plain(difference.after)}</Come>}
        </>
      );
  }
}

const plain = (value: JsonValue): string => (typeof value === 'string' ? value : JSON.stringify(value));

function Gone({ children }: { readonly children: ReactNode }) {
  const t = useWords();
  return (
    <del>
      <span className="st-hidden">{t('browse.versions.removed')} </span>
      {children}
    </del>
  );
}

function Come({ children }: { readonly children: ReactNode }) {
  const t = useWords();
  return (
    <ins>
      <span className="st-hidden">{t('browse.versions.added')} </span>
      {children}
    </ins>
  );
}
