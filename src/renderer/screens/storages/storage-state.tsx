import type { StorageSummary } from '../../state/index.ts';
import { Chip } from '../../widgets/index.ts';
import { useFormat, useWords } from '../../words/index.ts';
import { damageOf } from './damage.ts';

/** Only what is not as it should be; an open storage needs no chip. */
export function StateChip({ storage: { state } }: { readonly storage: StorageSummary }) {
  const t = useWords();
  if (state === 'open') return null;
  return (
    <Chip tone={state === 'locked' ? 'plain' : 'warning'} glyph={state === 'locked' ? 'locked' : 'waiting'} small>
      {t(`storages.state.${state}`)}
    </Chip>
  );
}

export function CheckChip({ storage }: { readonly storage: StorageSummary }) {
  const t = useWords();
  const format = useFormat();
  const { lastCheck } = storage;
  if (!lastCheck) return <Chip glyph="nothing">{t('storages.neverChecked')}</Chip>;
  const { problems, missing, repair } = damageOf(storage);
  if (repair !== null && missing > 0) {
    return (
      <Chip tone="warning" glyph="warning">
        {t('storages.incomplete', { day: format.day(repair.atMs) })}
      </Chip>
    );
  }
  const fine = problems === 0;
  return (
    <Chip tone={fine ? 'fine' : 'failed'} glyph={fine ? 'fine' : 'failed'}>
      {t(fine ? 'storages.verified' : 'storages.damaged', { day: format.day(lastCheck.atMs) })}
    </Chip>
  );
}
