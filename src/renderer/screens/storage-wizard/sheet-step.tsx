import { FailureNote } from '../../widgets/index.ts';
import { CheckCharacters } from '../../parts/check-characters.tsx';
import { RecoverySheet } from '../../parts/recovery-sheet.tsx';
import css from './storage-wizard.module.css';
import type { MadeStorage, StorageWizardState } from './use-storage-wizard.ts';

interface Props {
  readonly wizard: StorageWizardState;
  readonly made: MadeStorage;
  readonly typed: string;
  readonly onType: (typed: string) => void;
}

/** Whoever types the check characters has the printed or the saved sheet. */
export function SheetStep({ wizard, made, typed, onType }: Props) {
  return (
    <div className={css['sheetStep']}>
      <RecoverySheet facts={{ ...made, name: wizard.name, path: wizard.path }} />
      <CheckCharacters expected={made.checkCharacters} typed={typed} onType={onType} />
      {wizard.failure && <FailureNote failure={wizard.failure} />}
    </div>
  );
}
