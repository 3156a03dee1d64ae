import { Button, Popover, Radio } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { engine } from '../../client/index.ts';
import { type StorageSummary, tellFailure } from '../../state/index.ts';
import { useWords } from '../../words/index.ts';
import css from './storages.module.css';

const levels = ['quick', 'structure', 'all'] as const;

/** How thorough, with what each costs; then the run itself is shown. */
export function CheckMenu({ storage }: { readonly storage: StorageSummary }) {
  const t = useWords();
  const navigate = useNavigate();
  const [opened, setOpened] = useState(false);
  const [level, setLevel] = useState<(typeof levels)[number]>('structure');
  const [busy, setBusy] = useState(false);
  const start = async (): Promise<void> => {
    setBusy(true);
    const started = await tellFailure(t('storages.checkNow'), () => engine.call('storage.check', { id: storage.id, level }));
    setBusy(false);
    setOpened(false);
    if (started) void navigate({ to: '/runs/$run', params: { run: started.run } });
  };
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" width={380} trapFocus>
      <Popover.Target>
        <Button
          size="sm"
          leftSection={<ShieldCheck size={16} strokeWidth={1.75} aria-hidden />}
          onClick={() => setOpened((open) => !open)}
        >
          {t('storages.checkNow')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('storages.checkNow')}>
        <form
          className={css['form']}
          onSubmit={(event) => {
            event.preventDefault();
            void start();
          }}
        >
          <Radio.Group
            label={t('storages.check.choose')}
            value={level}
            onChange={(next) => setLevel(levels.find((known) => known === next) ?? 'structure')}
          >
            <div className={css['levels']}>
              {levels.map((one) => (
                <Radio
                  key={one}
                  value={one}
                  label={t(`storages.check.level.${one}`)}
                  description={t(`storages.check.levelMeaning.${one}`)}
                />
              ))}
            </div>
          </Radio.Group>
          <Button type="submit" variant="filled" loading={busy} className={css['submit'] ?? ''}>
            {t('storages.check.start')}
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
