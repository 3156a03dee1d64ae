import { NumberInput, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { missedRules, type Timing } from '../../../shared/domain/schedule.ts';
import { useWords } from '../../words/index.ts';

interface Props {
  readonly timing: Timing;
  readonly onChange: (timing: Partial<Timing>) => void;
}

type Battery = 'always' | 'above' | 'never';
const usualPercent = 30;

/** Power, network, and times that were missed. */
export function SurroundingFields({ timing, onChange }: Props) {
  const t = useWords();
  const { batteryAbove, onMetered, missed } = timing;
  const battery: Battery = batteryAbove === 0 ? 'always' : batteryAbove > 100 ? 'never' : 'above';
  return (
    <>
      <Select
        label={t('schedule.conditions.battery')}
        data={(['always', 'above', 'never'] as const).map((value) => ({
          value,
          label: t(`schedule.conditions.batteries.${value}`),
        }))}
        value={battery}
        onChange={(next) => onChange({ batteryAbove: next === 'always' ? 0 : next === 'never' ? 101 : usualPercent })}
      />
      {battery === 'above' && (
        <NumberInput
          label={t('schedule.conditions.percent')}
          min={1}
          max={100}
          clampBehavior="strict"
          allowDecimal={false}
          allowNegative={false}
          value={Number.isNaN(batteryAbove) ? '' : batteryAbove}
          onChange={(percent) => onChange({ batteryAbove: typeof percent === 'number' && percent > 0 ? percent : Number.NaN })}
        />
      )}
      <Select
        label={t('schedule.conditions.metered')}
        description={t('schedule.conditions.meteredMeaning')}
        data={(['yes', 'no'] as const).map((value) => ({ value, label: t(`schedule.conditions.${value}`) }))}
        value={onMetered ? 'yes' : 'no'}
        onChange={(next) => onChange({ onMetered: next === 'yes' })}
      />
      <NetworksField timing={timing} onChange={onChange} />
      <Select
        label={t('schedule.conditions.missed')}
        data={missedRules.map((rule) => ({ value: rule, label: t(`schedule.conditions.missedRules.${rule}`) }))}
        value={missed}
        onChange={(next) => onChange({ missed: missedRules.find((rule) => rule === next) ?? missed })}
      />
    </>
  );
}

function NetworksField({ timing: { networks }, onChange }: Props) {
  const t = useWords();
  const [text, setText] = useState(networks.join(', '));
  const isWrong = networks.length > 50 || networks.some((name) => name.length > 100);
  const type = (typed: string): void => {
    setText(typed);
    onChange({ networks: [...new Set(typed.split(',').map((name) => name.trim()))].filter((name) => name !== '') });
  };
  return (
    <TextInput
      label={t('schedule.conditions.networks')}
      description={t('schedule.conditions.networksMeaning')}
      value={text}
      spellCheck={false}
      {...(isWrong ? { error: t('schedule.conditions.networksInvalid') } : {})}
      onChange={(event) => type(event.currentTarget.value)}
    />
  );
}
