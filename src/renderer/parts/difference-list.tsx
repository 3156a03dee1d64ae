import { Button, SegmentedControl, UnstyledButton } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { CallOutput } from '../../shared/contract/calls.ts';
import type { StorageId } from '../../shared/domain/ids.ts';
import { engine } from '../client/index.ts';
import { type ItemRow, useAnswer } from '../state/index.ts';
import { type ChipTone, Chip, classes, FailureNote, Waiting } from '../widgets/index.ts';
import { useFormat, useWords } from '../words/index.ts';
import css from './difference-list.module.css';

type Page = CallOutput<'browse.differences'>;
type Kind = keyof Page['counts'];
const kinds: readonly Kind[] = ['added', 'content', 'moved', 'metadata', 'vanished'];
const tones: Readonly<Record<Kind, ChipTone>> = {
  added: 'fine',
  content: 'active',
  moved: 'active',
  metadata: 'plain',
  vanished: 'warning',
};
const pageRows = 100;

interface Props {
  readonly storage: StorageId;
  /** Null: before everything. */
  readonly from: number | null;
  /** Null: now. */
  readonly to: number | null;
  /** Somebody goes to one of them. */
  readonly onGo?: () => void;
}

/** What is not the same at two moments, kind by kind, page by page; each thing leads to where it is or was. */
export function DifferenceList({ storage, from, to, onGo }: Props) {
  const t = useWords();
  const [kind, setKind] = useState<Kind | null>(null);
  const [offset, setOffset] = useState(0);
  const answer = useAnswer(
    `differences ${storage} ${from} ${to} ${kind} ${offset}`,
    () => engine.call('browse.differences', { storage, from, to, sources: [], kind, offset, limit: pageRows }),
    true,
  );
  if (answer.failure)
    return <FailureNote failure={answer.failure} title={t('parts.broken')} retry={() => void answer.refresh()} />;
  if (!answer.value) return <Waiting rows={4} />;
  const { counts, rows, total } = answer.value;
  const choose = (next: Kind | null): void => {
    setKind(next);
    setOffset(0);
  };
  if (kinds.every((one) => counts[one] === 0)) return <p className={css['none']}>{t('parts.differences.none')}</p>;
  return (
    <div className={css['differences']}>
      <KindChoice counts={counts} kind={kind} onChange={choose} />
      {/* Scrolls, so it must be reached by keyboard. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls */}
      <ul className={css['list']} tabIndex={0} aria-label={t('parts.differences.title')} aria-busy={answer.pending}>
        {rows.map((row) => (
          <Row key={(row.after ?? row.before)?.item} row={row} storage={storage} from={from} to={to} {...(onGo && { onGo })} />
        ))}
      </ul>
      {total > pageRows && <Pager offset={offset} shown={rows.length} total={total} onChange={setOffset} />}
    </div>
  );
}

interface KindProps {
  readonly counts: Page['counts'];
  readonly kind: Kind | null;
  readonly onChange: (kind: Kind | null) => void;
}

function KindChoice({ counts, kind, onChange }: KindProps) {
  const t = useWords();
  const format = useFormat();
  const all = kinds.reduce((sum, one) => sum + counts[one], 0);
  const label = (name: string, count: number): string => `${name} ${format.number(count)}`;
  return (
    <SegmentedControl
      aria-label={t('parts.differences.which')}
      data={[
        { value: '', label: label(t('parts.differences.all'), all) },
        ...kinds
          .filter((one) => counts[one] > 0)
          .map((one) => ({ value: one, label: label(t(`parts.differences.${one}`), counts[one]) })),
      ]}
      value={kind ?? ''}
      onChange={(value) => onChange(kinds.find((one) => one === value) ?? null)}
    />
  );
}

function Row({ row: { kind, before, after }, storage, from, to, onGo }: Props & { readonly row: Page['rows'][number] }) {
  const t = useWords();
  const format = useFormat();
  const navigate = useNavigate();
  const shown = after ?? before;
  if (shown === null) return null;
  const at = after === null ? from : to;
  const show = (): void => {
    onGo?.();
    const folder = shown.folder === null ? {} : { folder: shown.folder };
    void navigate({ to: '/browse', search: { storage, item: shown.item, ...folder, ...(at !== null && { at }) } });
  };
  const places = [...new Set([before, after].flatMap((state) => (state === null ? [] : [placeOf(state)])))];
  return (
    <li>
      <Chip small tone={tones[kind]}>
        {t(`parts.differences.${kind}`)}
      </Chip>
      <UnstyledButton className={classes(css['name'], 'st-ellipsis')} onClick={show}>
        {shown.title || shown.name}
      </UnstyledButton>
      <span className="st-soft st-ellipsis" title={places.join(' → ')}>
        {places.join(' → ')}
      </span>
      <span className={css['size']}>{shown.kind === 'folder' ? '' : format.bytes(shown.sizeBytes)}</span>
    </li>
  );
}

/** A message's name is a number of its server, which tells nobody anything. */
const placeOf = ({ kind, folderPath, name, title }: ItemRow): string =>
  [folderPath, kind === 'message' || name === title ? '' : name].filter((part) => part !== '').join('/');

interface PagerProps {
  readonly offset: number;
  readonly shown: number;
  readonly total: number;
  readonly onChange: (offset: number) => void;
}

function Pager({ offset, shown, total, onChange }: PagerProps) {
  const t = useWords();
  const format = useFormat();
  const [first, last] = [format.number(offset + 1), format.number(offset + shown)];
  return (
    <div className={css['pager']}>
      <Button size="xs" disabled={offset === 0} onClick={() => onChange(offset - pageRows)}>
        {t('parts.differences.previous')}
      </Button>
      <span className="st-soft" role="status">
        {t('parts.differences.range', { first, last, total: format.number(total) })}
      </span>
      <Button size="xs" disabled={offset + shown >= total} onClick={() => onChange(offset + pageRows)}>
        {t('parts.differences.next')}
      </Button>
    </div>
  );
}
