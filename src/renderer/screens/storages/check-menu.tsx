import { Button, NumberInput, Popover, Radio } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { ShieldCheck } from 'lucide-react';
import { Fragment, useState } from 'react';
import { engine } from '../../client/index.ts';
import { type StorageSummary, tellFailure } from '../../state/index.ts';
import { useWords } from '../../words/index.ts';
import css from './storages.module.css';

const levels = ['quick', 'structure', 'part', 'all'] as const;
/** Ten runs come to all of it. */
const usualPercent = 10;

/** How thorough, with what each costs; then the run itself is shown. */
export function CheckMenu({ storage, label }: { readonly storage: StorageSummary; readonly label: string }) {
  const t = useWords();
  const navigate = useNavigate();
  const [opened, setOpened] = useState(false);
  const [level, setLevel] = useState<(typeof levels)[number]>('structure');
  const [percent, setPercent] = useState(usualPercent);
  const [busy, setBusy] = useState(false);
  const start = async (): Promise<void> => {
    setBusy(true);
    const wish = { id: storage.id, level, percent: level === 'part' ? percent : null };
    const started = await tellFailure(label, () => engine.call('storage.check', wish));
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
          {label}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={label}>
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
                <Fragment key={one}>
                  <Radio
                    value={one}
                    label={t(`storages.check.levelTitle.${one}`)}
                    description={t(`storages.check.levelMeaning.${one}`)}
                  />
                  {one === 'part' && level === 'part' && <Share onChange={setPercent} />}
                </Fragment>
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

function Share({ onChange }: { readonly onChange: (percent: number) => void }) {
  const t = useWords();
  return (
    <NumberInput
      className={css['underChoice'] ?? ''}
      label={t('storages.check.percent')}
      min={1}
      max={100}
      clampBehavior="strict"
      defaultValue={usualPercent}
      onChange={(value) => onChange(Number(value) || usualPercent)}
    />
  );
}
