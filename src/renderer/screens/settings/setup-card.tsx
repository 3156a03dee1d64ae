import { Button, FileButton } from '@mantine/core';
import { useState } from 'react';
import { engine, shell } from '../../client/index.ts';
import { tellFailure } from '../../state/index.ts';
import { Card } from '../../widgets/index.ts';
import { useWords } from '../../words/index.ts';
import css from './settings.module.css';
import { type PlannedSetup, SetupDialog } from './setup-dialog.tsx';

/** All that is set up as one file without secrets, out and in. */
export function SetupCard() {
  const t = useWords();
  const [planned, setPlanned] = useState<PlannedSetup | null>(null);
  const save = (): void =>
    void tellFailure(t('settings.setup.save'), async () => {
      const { text } = await engine.call('setup.export', {});
      const bytes = new TextEncoder().encode(text);
      await shell.call('shell.saveBytes', { title: t('settings.setup.save'), fileName: 'strata-setup.yaml', bytes });
    });
  const plan = (file: File | null): void => {
    if (file === null) return;
    void tellFailure(t('settings.setup.open'), async () => {
      const text = await file.text();
      setPlanned({ text, steps: (await engine.call('setup.plan', { text })).steps });
    });
  };
  return (
    <Card title={t('settings.setup.title')}>
      <p>{t('settings.setup.meaning')}</p>
      <div className={css['setupActions']}>
        <Button onClick={save}>{t('settings.setup.save')}</Button>
        <FileButton accept=".yaml,.yml,.json" onChange={plan}>
          {(props) => <Button {...props}>{t('settings.setup.open')}</Button>}
        </FileButton>
      </div>
      {planned !== null && <SetupDialog planned={planned} onClose={() => setPlanned(null)} />}
    </Card>
  );
}
