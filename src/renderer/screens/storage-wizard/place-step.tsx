import { Button, TextInput } from '@mantine/core';
import { FolderOpen } from 'lucide-react';
import { shell } from '../../client/index.ts';
import { FailureNote, FieldRow, Fields, Glyph, Note } from '../../widgets/index.ts';
import { useFormat, useWords } from '../../words/index.ts';
import css from './storage-wizard.module.css';
import type { Inspection, StorageWizardState } from './use-storage-wizard.ts';

export function PlaceStep({ wizard, adopt }: { readonly wizard: StorageWizardState; readonly adopt: boolean }) {
  const t = useWords();
  const { path, inspection, busy } = wizard;
  const choose = async (): Promise<void> => {
    const picked = await shell.call('shell.pickDirectory', { title: t('storageWizard.place.chooseTitle'), start: path || null });
    if (picked.path === null) return;
    wizard.setPath(picked.path);
    await wizard.inspect(picked.path);
  };
  return (
    <Fields>
      <FieldRow>
        <TextInput
          label={t('storageWizard.place.label')}
          value={path}
          autoFocus
          spellCheck={false}
          onChange={(event) => wizard.setPath(event.currentTarget.value)}
        />
        <Button leftSection={<FolderOpen size={16} aria-hidden />} onClick={() => void choose()}>
          {t('storageWizard.place.choose')}
        </Button>
      </FieldRow>
      {inspection === null && path !== '' && (
        <Button className={css['start']} loading={busy} onClick={() => void wizard.inspect(path)}>
          {t('storageWizard.place.check')}
        </Button>
      )}
      {wizard.failure && <FailureNote failure={wizard.failure} />}
      {inspection && <Found inspection={inspection} adopt={adopt} />}
    </Fields>
  );
}

function Found({ inspection, adopt }: { readonly inspection: Inspection; readonly adopt: boolean }) {
  const t = useWords();
  const format = useFormat();
  const { freeBytes, totalBytes, steps } = inspection;
  return (
    <>
      <Verdict inspection={inspection} adopt={adopt} />
      {steps.length > 0 && (
        <section className={css['tried']} aria-label={t('storageWizard.place.tried')}>
          <ul>
            {steps.map(({ step, ok }) => (
              <li key={step}>
                <Glyph name={ok ? 'fine' : 'failed'} />
                {t(`storageWizard.place.step.${step}`)}
              </li>
            ))}
          </ul>
          {freeBytes !== null && totalBytes !== null && (
            <p className={css['fact']}>
              {t('storageWizard.place.free', { free: format.bytes(freeBytes), total: format.bytes(totalBytes) })}
            </p>
          )}
        </section>
      )}
    </>
  );
}

function Verdict({ inspection, adopt }: { readonly inspection: Inspection; readonly adopt: boolean }) {
  const t = useWords();
  switch (inspection.state) {
    case 'storage':
      return (
        <Note tone="fine" live>
          {t('storageWizard.place.found', { name: inspection.storage?.name ?? '' })}
        </Note>
      );
    case 'missing':
    case 'empty':
      if (adopt) return <Note tone="warning" live title={t('storageWizard.place.noStorage')} />;
      return (
        <Note tone="fine" live>
          {t(inspection.state === 'empty' ? 'storageWizard.place.empty' : 'storageWizard.place.missing')}
        </Note>
      );
    case 'not-empty':
      return (
        <Note tone="warning" live>
          {t(adopt ? 'storageWizard.place.noStorage' : 'storageWizard.place.notEmpty')}
        </Note>
      );
    case 'blocked':
      return inspection.failure === null ? (
        <Note tone="failed" live title={t('storageWizard.place.blocked')} />
      ) : (
        <FailureNote failure={inspection.failure} title={t('storageWizard.place.blocked')} />
      );
  }
}
