import { ChevronRight } from 'lucide-react';
import { useWords } from '../../words/index.ts';
import { AfterFailure } from './after-failure.tsx';
import css from './conditions.module.css';
import { conditionsLine } from './sentences.ts';
import { SurroundingFields } from './surrounding-fields.tsx';
import type { When } from './when.ts';
import { useSpeech } from './when-words.tsx';
import { ZoneField } from './zone-field.tsx';

interface Props {
  readonly when: When;
  /** Of what is no job the zone is not asked. */
  readonly hasZone?: boolean;
  readonly onChange: (change: Partial<When>) => void;
}

/** What else must hold before a cycle begins by itself; folded, with what is unlike usual in one line. */
export function Conditions({ when, hasZone = true, onChange }: Props) {
  const t = useWords();
  const speech = useSpeech();
  const change = (timing: Partial<When['timing']>): void => onChange({ timing: { ...when.timing, ...timing } });
  return (
    <details className={css['fold']}>
      <summary>
        <ChevronRight size={16} strokeWidth={1.75} aria-hidden />
        <b>{t('schedule.conditions.title')}</b>
        <span>{conditionsLine(when, speech)}</span>
      </summary>
      <div className={css['fields']}>
        <SurroundingFields timing={when.timing} onChange={change} />
        <AfterFailure timing={when.timing} onChange={change} />
        {hasZone && <ZoneField zone={when.zone} onChange={(zone) => onChange({ zone })} />}
      </div>
    </details>
  );
}
