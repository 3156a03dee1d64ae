import { Button } from '@mantine/core';
import { Download, Printer } from 'lucide-react';
import { createPortal } from 'react-dom';
import { shell } from '../client/index.ts';
import { Mark } from '../widgets/index.ts';
import { useFormat, useWords } from '../words/index.ts';
import css from './recovery-sheet.module.css';

/** What stands on a sheet. */
export interface SheetFacts {
  readonly id: string;
  readonly name: string;
  readonly path: string;
  readonly madeAtMs: number;
  readonly recoveryKey: string;
  readonly checkCharacters: string;
}

/** The sheet on paper, and the buttons that print and save it. The check characters are on the printed and the saved sheet only. */
export function RecoverySheet({ facts }: { readonly facts: SheetFacts }) {
  const t = useWords();
  const text = useSheetText(facts);
  const save = (): Promise<unknown> =>
    shell.call('shell.saveText', {
      title: t('storageWizard.sheet.saveTitle'),
      fileName: t('storageWizard.sheet.fileName', { name: facts.name.replaceAll(/[^\p{L}\p{N} _-]/gu, '') }),
      text,
    });
  return (
    <div className={css['box']}>
      <Sheet facts={facts} />
      <div className={css['buttons']}>
        <Button leftSection={<Printer size={16} aria-hidden />} onClick={() => void shell.call('shell.print', {})}>
          {t('storageWizard.sheet.print')}
        </Button>
        <Button leftSection={<Download size={16} aria-hidden />} onClick={() => void save()}>
          {t('storageWizard.sheet.save')}
        </Button>
      </div>
      {createPortal(<Sheet facts={facts} printed />, document.body)}
    </div>
  );
}

function Sheet({ facts, printed }: { readonly facts: SheetFacts; readonly printed?: boolean }) {
  const t = useWords();
  const format = useFormat();
  const words = facts.recoveryKey.trim().split(/\s+/);
  return (
    <article
      className={printed ? css['printed'] : css['sheet']}
      aria-label={t('storageWizard.sheet.title')}
      aria-hidden={printed || undefined}
    >
      <header>
        <Mark size={20} />
        <b>{t('storageWizard.sheet.title')}</b>
      </header>
      <dl>
        <dt>{t('storageWizard.sheet.storage')}</dt>
        <dd>{facts.name}</dd>
        <dt>{t('storageWizard.sheet.at')}</dt>
        <dd>{facts.path}</dd>
        <dt>{t('storageWizard.sheet.number')}</dt>
        <dd className={css['mono']}>{shortNumber(facts.id)}</dd>
        <dt>{t('storageWizard.sheet.made')}</dt>
        <dd>{format.fullMoment(facts.madeAtMs)}</dd>
        {printed && (
          <>
            <dt>{t('storageWizard.sheet.check')}</dt>
            <dd className={css['mono']}>{facts.checkCharacters}</dd>
          </>
        )}
      </dl>
      <ol className={css['words']}>
        {words.map((word, index) => (
          <li key={`${index}-${word}`}>{word}</li>
        ))}
      </ol>
      <footer>{t('storageWizard.sheet.warning')}</footer>
    </article>
  );
}

const shortNumber = (id: string): string => `${id.slice(0, 4)}-${id.slice(4, 8)}`.toUpperCase();

function useSheetText(facts: SheetFacts): string {
  const t = useWords();
  const format = useFormat();
  const words = facts.recoveryKey.trim().split(/\s+/);
  const lines = words.map((word, index) => `${String(index + 1).padStart(2)}  ${word}`);
  return [
    t('storageWizard.sheet.title'),
    '',
    `${t('storageWizard.sheet.storage')}: ${facts.name}`,
    `${t('storageWizard.sheet.at')}: ${facts.path}`,
    `${t('storageWizard.sheet.number')}: ${shortNumber(facts.id)}`,
    `${t('storageWizard.sheet.made')}: ${format.fullMoment(facts.madeAtMs)}`,
    `${t('storageWizard.sheet.check')}: ${facts.checkCharacters}`,
    '',
    ...lines,
    '',
    t('storageWizard.sheet.warning'),
    '',
  ].join('\n');
}
