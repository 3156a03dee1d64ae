import { Button, PinInput } from '@mantine/core';
import { Download, Printer } from 'lucide-react';
import { createPortal } from 'react-dom';
import { shell } from '../../client/index.ts';
import { FailureNote, Mark } from '../../widgets/index.ts';
import { useFormat, useWords } from '../../words/index.ts';
import css from './storage-wizard.module.css';
import type { MadeStorage, StorageWizardState } from './use-storage-wizard.ts';

interface Props {
  readonly wizard: StorageWizardState;
  readonly made: MadeStorage;
  readonly typed: string;
  readonly onType: (typed: string) => void;
}

/** The check characters are on the printed and the saved sheet only: whoever types them has one of the two. */
export function SheetStep({ wizard, made, typed, onType }: Props) {
  const t = useWords();
  const text = useSheetText(wizard, made);
  const isWrong = typed.length === made.checkCharacters.length && typed.toUpperCase() !== made.checkCharacters.toUpperCase();
  const save = (): Promise<unknown> =>
    shell.call('shell.saveText', {
      title: t('storageWizard.sheet.saveTitle'),
      fileName: t('storageWizard.sheet.fileName', { name: wizard.name.replaceAll(/[^\p{L}\p{N} _-]/gu, '') }),
      text,
    });
  return (
    <div className={css['sheetStep']}>
      <Sheet wizard={wizard} made={made} />
      <div className={css['buttons']}>
        <Button leftSection={<Printer size={16} aria-hidden />} onClick={() => void shell.call('shell.print', {})}>
          {t('storageWizard.sheet.print')}
        </Button>
        <Button leftSection={<Download size={16} aria-hidden />} onClick={() => void save()}>
          {t('storageWizard.sheet.save')}
        </Button>
      </div>
      <div className={css['confirm']}>
        <div>
          <b id="check-characters">{t('storageWizard.sheet.type')}</b>
          <small id="check-hint" role={isWrong ? 'alert' : undefined} data-wrong={isWrong || undefined}>
            {t(isWrong ? 'storageWizard.sheet.wrong' : 'storageWizard.sheet.typeHint')}
          </small>
        </div>
        <PinInput
          length={made.checkCharacters.length}
          value={typed}
          onChange={onType}
          error={isWrong}
          placeholder=""
          aria-label={t('storageWizard.sheet.type')}
        />
      </div>
      {wizard.failure && <FailureNote failure={wizard.failure} />}
      {createPortal(<Sheet wizard={wizard} made={made} printed />, document.body)}
    </div>
  );
}

function Sheet({
  wizard,
  made,
  printed,
}: {
  readonly wizard: StorageWizardState;
  readonly made: MadeStorage;
  readonly printed?: boolean;
}) {
  const t = useWords();
  const format = useFormat();
  const words = made.recoveryKey.trim().split(/\s+/);
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
        <dd>{wizard.name}</dd>
        <dt>{t('storageWizard.sheet.at')}</dt>
        <dd>{wizard.path}</dd>
        <dt>{t('storageWizard.sheet.number')}</dt>
        <dd className={css['mono']}>{shortNumber(made.id)}</dd>
        <dt>{t('storageWizard.sheet.made')}</dt>
        <dd>{format.fullMoment(made.madeAtMs)}</dd>
        {printed && (
          <>
            <dt>{t('storageWizard.sheet.check')}</dt>
            <dd className={css['mono']}>{made.checkCharacters}</dd>
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

function useSheetText(wizard: StorageWizardState, made: MadeStorage): string {
  const t = useWords();
  const format = useFormat();
  const words = made.recoveryKey.trim().split(/\s+/);
  const lines = words.map((word, index) => `${String(index + 1).padStart(2)}  ${word}`);
  return [
    t('storageWizard.sheet.title'),
    '',
    `${t('storageWizard.sheet.storage')}: ${wizard.name}`,
    `${t('storageWizard.sheet.at')}: ${wizard.path}`,
    `${t('storageWizard.sheet.number')}: ${shortNumber(made.id)}`,
    `${t('storageWizard.sheet.made')}: ${format.fullMoment(made.madeAtMs)}`,
    `${t('storageWizard.sheet.check')}: ${made.checkCharacters}`,
    '',
    ...lines,
    '',
    t('storageWizard.sheet.warning'),
    '',
  ].join('\n');
}
