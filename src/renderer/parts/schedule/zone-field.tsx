import { Select } from '@mantine/core';
import { useWords } from '../../words/index.ts';

interface Props {
  readonly zone: string | null;
  readonly onChange: (zone: string | null) => void;
}

const ownZone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
const zones = Intl.supportedValuesOf('timeZone');

/** Whose clock on the wall counts. */
export function ZoneField({ zone, onChange }: Props) {
  const t = useWords();
  const known = zone === null || zones.includes(zone) ? zones : [zone, ...zones];
  const own = { value: '', label: t('schedule.conditions.zoneOwn', { zone: ownZone }) };
  return (
    <Select
      label={t('schedule.conditions.zone')}
      description={t('schedule.conditions.zoneMeaning')}
      searchable
      limit={100}
      data={[...(zone === null ? [own] : []), ...known.map((value) => ({ value, label: value }))]}
      value={zone ?? ''}
      onChange={(next) => onChange(next === null || next === '' ? null : next)}
    />
  );
}
