import type { StorageId } from '../../../shared/domain/ids.ts';
import { engine } from '../../client/index.ts';
import { type HistoryRow, useAnswer } from '../../state/index.ts';
import { FailureNote, Waiting } from '../../widgets/index.ts';
import { useWords } from '../../words/index.ts';
import css from './preview.module.css';

interface Props {
  readonly storage: StorageId;
  readonly before: HistoryRow;
  readonly after: HistoryRow;
}

/** More than this nobody reads, and drawing it would hold the window up. */
const mostLines = 2000;

/** What two versions say, line by line: of a message its text, not how it is packed. */
export function TextDifference({ storage, before, after }: Props) {
  const t = useWords();
  const { item, version: from } = before;
  const answer = useAnswer(`text difference ${storage} ${before.transaction} ${after.transaction}`, () =>
    engine.call('browse.textDifference', { storage, item, from, to: after.version }),
  );
  if (answer.failure)
    return <FailureNote failure={answer.failure} title={t('parts.broken')} retry={() => void answer.refresh()} />;
  if (!answer.value) return <Waiting rows={3} />;
  const { reason, hunks } = answer.value;
  if (reason !== null) return <p>{t(`browse.versions.text.${reason}`)}</p>;
  const lines = hunks.flatMap(({ lines: all }, nth) =>
    all.map((line, at) => ({ ...line, isFirst: nth > 0 && at === 0, key: `${nth} ${at}` })),
  );
  return (
    // Scrolls, so it must be reached by keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls
    <div className={css['lines']} role="region" tabIndex={0} aria-label={t('browse.versions.textLabel')}>
      {lines.slice(0, mostLines).map(({ kind, text, isFirst, key }) => (
        <div key={key} data-kind={kind} data-first={isFirst || undefined}>
          <Line kind={kind} text={text} />
        </div>
      ))}
      {lines.length > mostLines && <p>{t('browse.versions.moreLines')}</p>}
    </div>
  );
}

function Line({ kind, text }: { readonly kind: 'same' | 'removed' | 'added'; readonly text: string }) {
  const t = useWords();
  if (kind === 'same') return text;
  const Mark = kind === 'removed' ? 'del' : 'ins';
  return (
    <Mark>
      <span className="st-hidden">{t(`browse.versions.${kind}`)} </span>
      {text}
    </Mark>
  );
}
