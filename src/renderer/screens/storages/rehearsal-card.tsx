import { Button } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { Download, History } from 'lucide-react';
import { useState } from 'react';
import { certificateText } from '../../../shared/words/rehearsal.ts';
import { engine, shell } from '../../client/index.ts';
import { type StorageSummary, tellFailure } from '../../state/index.ts';
import { Card, Chip, Glyph } from '../../widgets/index.ts';
import { useFormat, useLanguage, useWords } from '../../words/index.ts';
import css from './storages.module.css';

interface Props {
  readonly storage: StorageSummary;
}
type Mark = StorageSummary['rehearsed'][number];

/** Of all sources: the oldest proof counts. Null: no trial restore ever ended. */
function verdictOf(rehearsed: readonly Mark[]): { readonly isProven: boolean; readonly atMs: number } | null {
  if (rehearsed.length === 0) return null;
  return {
    isProven: rehearsed.every(({ outcome }) => outcome === 'proven'),
    atMs: Math.min(...rehearsed.map(({ atMs }) => atMs)),
  };
}

/** Nothing, while nobody has tried it. */
export function ProvenChip({ storage: { rehearsed } }: Props) {
  const t = useWords();
  const format = useFormat();
  const verdict = verdictOf(rehearsed);
  if (verdict === null) return null;
  const { isProven, atMs } = verdict;
  return (
    <Chip tone={isProven ? 'fine' : 'failed'} glyph={isProven ? 'fine' : 'failed'}>
      {t(isProven ? 'storages.rehearsal.chip' : 'storages.rehearsal.chipNot', { day: format.day(atMs) })}
    </Chip>
  );
}

/** What trial restores proved of each source, and a way to make one now. */
export function RehearsalCard({ storage }: Props) {
  const t = useWords();
  const format = useFormat();
  const { rehearsed, state } = storage;
  const verdict = verdictOf(rehearsed);
  const words =
    verdict === null
      ? t('storages.rehearsal.none')
      : t(verdict.isProven ? 'storages.rehearsal.proven' : 'storages.rehearsal.notProven', { day: format.day(verdict.atMs) });
  return (
    <Card title={t('storages.rehearsal.title')} icon={<History size={16} strokeWidth={1.75} aria-hidden />}>
      <p className={css[verdict === null ? 'proof' : verdict.isProven ? 'proofFine' : 'proofFailed']}>{words}</p>
      <p className={css['meaning']}>{t('storages.rehearsal.meaning')}</p>
      {rehearsed.length > 0 && (
        <ul className={css['slots']}>
          {rehearsed.map((mark) => (
            <Line key={mark.source} mark={mark} />
          ))}
        </ul>
      )}
      {state === 'open' && (
        <div className={css['cardFoot']}>
          <StartButton storage={storage} />
          {rehearsed.length > 0 && <SaveButton storage={storage} />}
        </div>
      )}
    </Card>
  );
}

function Line({ mark: { name, outcome, atMs, items, unequal, run } }: { readonly mark: Mark }) {
  const t = useWords();
  const format = useFormat();
  const isProven = outcome === 'proven';
  const facts = { count: items, unequal: format.number(unequal), moment: format.shortMoment(atMs) };
  return (
    <li>
      <Glyph name={isProven ? 'fine' : 'failed'} size={14} />
      <Link to="/runs/$run" params={{ run }}>
        {name}
      </Link>
      <span>{t(isProven ? 'storages.rehearsal.line' : 'storages.rehearsal.lineNot', facts)}</span>
    </li>
  );
}

function StartButton({ storage }: Props) {
  const t = useWords();
  const navigate = useNavigate();
  const [busy, setBusy] = useState(false);
  const label = t('storages.rehearsal.now');
  const start = async (): Promise<void> => {
    setBusy(true);
    const started = await tellFailure(label, () => engine.call('storage.rehearse', { id: storage.id }));
    setBusy(false);
    if (started) void navigate({ to: '/runs/$run', params: { run: started.run } });
  };
  return (
    <Button size="sm" loading={busy} onClick={() => void start()}>
      {label}
    </Button>
  );
}

function SaveButton({ storage: { name, path, rehearsed } }: Props) {
  const t = useWords();
  const language = useLanguage();
  const label = t('storages.rehearsal.save');
  const newest = rehearsed.reduce<Mark | undefined>((last, mark) => (last && last.atMs >= mark.atMs ? last : mark), undefined);
  const save = async (id: Mark['run']): Promise<void> => {
    const run = await engine.call('run.show', { id });
    const { version } = await engine.call('app.info', {});
    const fileName = t('storages.rehearsal.fileName', { name: name.replaceAll(/[^\p{L}\p{N} _-]/gu, '') });
    await shell.call('shell.saveText', { title: label, fileName, text: certificateText({ run, path, version }, language) });
  };
  if (newest === undefined) return null;
  return (
    <Button
      size="sm"
      leftSection={<Download size={16} strokeWidth={1.75} aria-hidden />}
      onClick={() => void tellFailure(label, () => save(newest.run))}
    >
      {label}
    </Button>
  );
}
