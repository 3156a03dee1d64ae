import { Button } from '@mantine/core';
import { CalendarCheck } from 'lucide-react';
import { useState } from 'react';
import type { UpkeepKind } from '../../../shared/domain/upkeep.ts';
import { engine } from '../../client/index.ts';
import { ruleWords } from '../../parts/schedule/rule-words.ts';
import { useSpeech } from '../../parts/schedule/when-words.tsx';
import { type StorageSummary, type UpkeepRow, useAnswer } from '../../state/index.ts';
import { Card, Glyph } from '../../widgets/index.ts';
import { useFormat, useWords } from '../../words/index.ts';
import css from './upkeep.module.css';
import { UpkeepDialog } from './upkeep-dialog.tsx';

/** When the storage is read back, emptied of what nothing needs, and, where it is a mirror, filled: as usual, or at times of its own. */
export function UpkeepCard({ storage }: { readonly storage: StorageSummary }) {
  const t = useWords();
  const { id } = storage;
  const upkeep = useAnswer(`upkeep ${id}`, () => engine.call('upkeep.list', { storage: id }), true);
  const mirrors = useAnswer(`mirrors ${id}`, () => engine.call('mirror.list', { origin: null }), true);
  if (upkeep.value === null || mirrors.value === null) return null;
  const rows = upkeep.value;
  const itself = mirrors.value.find((mirror) => mirror.id === id);
  const isArchive = itself !== undefined && itself.archive !== null;
  const kinds: readonly UpkeepKind[] =
    itself !== undefined ? ['check', 'rehearsal', 'purge', 'mirror'] : ['check', 'rehearsal', 'purge'];
  return (
    <Card title={t('upkeep.title')} icon={<CalendarCheck size={16} strokeWidth={1.75} aria-hidden />}>
      <ul className={css['lines']}>
        {kinds.map((kind) => (
          <Line
            key={kind}
            storage={storage}
            kind={kind}
            isArchive={kind === 'mirror' && isArchive}
            row={rows.find((row) => row.kind === kind)}
            onChanged={upkeep.refresh}
          />
        ))}
      </ul>
    </Card>
  );
}

interface TimesProps {
  readonly kind: UpkeepKind;
  /** It is filled, and follows nothing. */
  readonly isArchive: boolean;
  readonly row: UpkeepRow | undefined;
}
interface LineProps extends TimesProps {
  readonly storage: StorageSummary;
  readonly onChanged: () => Promise<void>;
}

function Line({ storage, kind, isArchive, row, onChanged }: LineProps) {
  const t = useWords();
  const [opened, setOpened] = useState(false);
  const name = isArchive ? t('archives.upkeep.kind') : t(`upkeep.kind.${kind}`);
  return (
    <li>
      <div className={css['words']}>
        <b>{name}</b>
        <Times kind={kind} isArchive={isArchive} row={row} />
      </div>
      <Button size="sm" aria-label={t('upkeep.changeOf', { kind: name })} onClick={() => setOpened(true)}>
        {t('upkeep.change')}
      </Button>
      <UpkeepDialog
        storage={storage}
        kind={kind}
        isArchive={isArchive}
        row={row}
        opened={opened}
        onClose={() => setOpened(false)}
        onChanged={onChanged}
      />
    </li>
  );
}

function Times({ kind, isArchive, row }: TimesProps) {
  const t = useWords();
  const format = useFormat();
  const speech = useSpeech();
  if (row === undefined) return <span>{isArchive ? t('archives.upkeep.usual') : t(`upkeep.usual.${kind}`)}</span>;
  const { schedule, zone, depth, percent } = row.times;
  const times =
    schedule.mode === 'times'
      ? t('upkeep.times', { rules: format.list(schedule.rules.map((rule) => ruleWords(rule, speech))) })
      : t('upkeep.cron', { expression: schedule.expression });
  const sentences = [
    times,
    kind === 'check' ? t(`upkeep.depth.${depth}`, { share: format.percent(percent / 100) }) : '',
    zone === null ? '' : t('upkeep.zone', { zone }),
  ].filter((sentence) => sentence !== '');
  return (
    <>
      <span>{sentences.join(' ')}</span>
      <Course row={row} />
    </>
  );
}

/** What comes next or is owed, what came last, and what was missed. */
function Course({ row: { due, nextMs, lastRun, missed } }: { readonly row: UpkeepRow }) {
  const t = useWords();
  const format = useFormat();
  const isOwed = missed !== null && missed.madeUpAtMs === null;
  const held = due.kind === 'wait' && due.because !== 'time' ? due.because : null;
  const facts = [
    isOwed ? t('upkeep.owed', { moment: format.shortMoment(missed.atMs) }) : null,
    held === null ? null : t('upkeep.held', { why: t(`jobs.waits.${held}`) }),
    held !== null || isOwed || nextMs === null ? null : t('upkeep.next', { moment: format.moment(nextMs) }),
    lastRun === null
      ? t('upkeep.neverRan')
      : t('upkeep.lastRun', { moment: format.moment(lastRun.startedAtMs), state: t(`parts.status.${lastRun.status}`) }),
    missed === null || missed.madeUpAtMs === null
      ? null
      : t('upkeep.madeUp', { moment: format.shortMoment(missed.atMs), made: format.shortMoment(missed.madeUpAtMs) }),
  ].filter((fact) => fact !== null);
  return (
    <span className={css['course']}>
      {isOwed && <Glyph name="late" size={14} />}
      {facts.join(' · ')}
    </span>
  );
}
