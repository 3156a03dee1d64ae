import { NumberInput, Switch } from '@mantine/core';
import { Settings2 } from 'lucide-react';
import { engine } from '../../client/index.ts';
import { type StorageSettings, type StorageSummary, tellFailure, useAnswer } from '../../state/index.ts';
import { Card } from '../../widgets/index.ts';
import { useWords } from '../../words/index.ts';
import css from './storages.module.css';

const gigabyte = 1_000_000_000;
const megabyte = 1_000_000;

/** What holds at once, like every preference: there is nothing to save. */
export function SettingsCard({ storage }: { readonly storage: StorageSummary }) {
  const t = useWords();
  const settings = useAnswer(`settings ${storage.id}`, () => engine.call('storage.settings', { storage: storage.id }), true);
  const change = (changes: Partial<StorageSettings>): Promise<void> =>
    tellFailure(t('storages.settings.title'), async () => {
      await engine.call('storage.changeSettings', { storage: storage.id, ...changes });
      await settings.refresh();
    });
  if (settings.value === null) return null;
  const { automatic, scrubDays, graceDays, minFreeBytes, writeBytesPerSecond, itemsPerSecond } = settings.value;
  return (
    <Card title={t('storages.settings.title')} icon={<Settings2 size={16} strokeWidth={1.75} aria-hidden />}>
      <div className={css['form']}>
        <Switch
          label={t('storages.settings.automatic')}
          description={t('storages.settings.automaticMeaning')}
          checked={automatic}
          onChange={(event) => void change({ automatic: event.currentTarget.checked })}
        />
        <NumberInput
          key={`grace ${graceDays}`}
          label={t('storages.settings.grace')}
          description={t('storages.settings.graceMeaning')}
          min={7}
          max={3650}
          allowDecimal={false}
          defaultValue={graceDays}
          onBlur={(event) =>
            void changeNumber(event.currentTarget.value, graceDays, (value) => change({ graceDays: Math.max(7, value) }))
          }
        />
        <NumberInput
          key={`scrub ${scrubDays}`}
          label={t('storages.settings.scrub')}
          description={t('storages.settings.scrubMeaning')}
          min={1}
          max={365}
          allowDecimal={false}
          defaultValue={scrubDays ?? ''}
          onBlur={(event) =>
            void changeLimit(event.currentTarget.value, 1, scrubDays, (days) =>
              change({ scrubDays: days === null ? null : Math.min(365, days) }),
            )
          }
        />
        <NumberInput
          key={`free ${minFreeBytes}`}
          label={t('storages.settings.minFree')}
          description={t('storages.settings.minFreeMeaning')}
          min={0}
          decimalScale={1}
          defaultValue={minFreeBytes / gigabyte}
          onBlur={(event) =>
            void changeNumber(event.currentTarget.value, minFreeBytes / gigabyte, (value) =>
              change({ minFreeBytes: Math.round(value * gigabyte) }),
            )
          }
        />
        <NumberInput
          key={`bytes ${writeBytesPerSecond}`}
          label={t('storages.settings.writeLimit')}
          description={t('storages.settings.limitMeaning')}
          min={0}
          decimalScale={1}
          defaultValue={writeBytesPerSecond === null ? '' : writeBytesPerSecond / megabyte}
          onBlur={(event) =>
            void changeLimit(event.currentTarget.value, megabyte, writeBytesPerSecond, (limit) =>
              change({ writeBytesPerSecond: limit }),
            )
          }
        />
        <NumberInput
          key={`items ${itemsPerSecond}`}
          label={t('storages.settings.itemLimit')}
          description={t('storages.settings.itemLimitMeaning')}
          min={0}
          allowDecimal={false}
          defaultValue={itemsPerSecond ?? ''}
          onBlur={(event) =>
            void changeLimit(event.currentTarget.value, 1, itemsPerSecond, (limit) => change({ itemsPerSecond: limit }))
          }
        />
      </div>
    </Card>
  );
}

async function changeNumber(text: string, before: number, change: (value: number) => Promise<void>): Promise<void> {
  const value = Number(text.replace(',', '.'));
  if (text.trim() !== '' && Number.isFinite(value) && value >= 0 && value !== before) await change(value);
}

/** Nothing, and nothing that is a number above zero: no limit. */
async function changeLimit(
  text: string,
  unit: number,
  before: number | null,
  change: (limit: number | null) => Promise<void>,
): Promise<void> {
  const value = Math.round(Number(text.replace(',', '.')) * unit);
  const limit = Number.isFinite(value) && value > 0 ? value : null;
  if (limit !== before) await change(limit);
}
