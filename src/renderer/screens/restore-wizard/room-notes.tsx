import { Note } from '../../widgets/index.ts';
import { useFormat, useWords } from '../../words/index.ts';
import type { Report } from './report-cards.tsx';
import type { RestoreWizardState } from './use-restore-wizard.ts';

/** What would not fit, and what is in the way: said before anything is written. */
export function RoomNotes({ wizard, report }: { readonly wizard: RestoreWizardState; readonly report: Report }) {
  const t = useWords();
  const format = useFormat();
  const { places = [], conflicts = 0 } = report;
  return (
    <>
      {places.map(({ place, bytes, freeBytes }) =>
        freeBytes === null || bytes <= freeBytes ? null : (
          <Note key={`room ${place}`} tone="warning" title={t('restoreWizard.run.room.lacksTitle')}>
            {t('restoreWizard.run.room.lacks', { place, bytes: format.bytes(bytes), free: format.bytes(freeBytes) })}
          </Note>
        ),
      )}
      {places.map(({ place, tooLarge, largestBytes }) =>
        tooLarge === 0 ? null : (
          <Note key={`large ${place}`} tone="warning" title={t('restoreWizard.run.room.largeTitle')}>
            {t('restoreWizard.run.room.large', { place, count: tooLarge, largest: format.bytes(largestBytes ?? 0) })}
          </Note>
        ),
      )}
      {conflicts > 0 && (
        <Note tone="plain" title={t('restoreWizard.run.room.conflicts', { count: conflicts })}>
          {t(`restoreWizard.how.${wizard.answers.conflict}`)}
        </Note>
      )}
    </>
  );
}
