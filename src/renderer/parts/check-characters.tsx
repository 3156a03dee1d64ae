import { PinInput } from '@mantine/core';
import { useWords } from '../words/index.ts';
import css from './check-characters.module.css';

interface Props {
  readonly expected: string;
  readonly typed: string;
  readonly onType: (typed: string) => void;
}

export const isTyped = (expected: string, typed: string): boolean => typed.toUpperCase() === expected.toUpperCase();

/** A few characters that are on paper only. */
export function CheckCharacters({ expected, typed, onType }: Props) {
  const t = useWords();
  const isWrong = typed.length === expected.length && !isTyped(expected, typed);
  return (
    <div className={css['confirm']}>
      <div>
        <b id="check-characters">{t('storageWizard.sheet.type')}</b>
        <small id="check-hint" role={isWrong ? 'alert' : undefined} data-wrong={isWrong || undefined}>
          {t(isWrong ? 'storageWizard.sheet.wrong' : 'storageWizard.sheet.typeHint')}
        </small>
      </div>
      <PinInput
        length={expected.length}
        value={typed}
        onChange={onType}
        error={isWrong}
        placeholder=""
        aria-label={t('storageWizard.sheet.type')}
      />
    </div>
  );
}
