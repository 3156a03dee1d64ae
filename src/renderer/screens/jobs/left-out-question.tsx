import type { LeftOutFate } from '../../../shared/domain/choice.ts';
import { Choice, Choices } from '../../widgets/index.ts';
import { useWords } from '../../words/index.ts';

interface Props {
  readonly fate: LeftOutFate;
  /** Of the job's rules, after how many days a gone source goes; null: never. */
  readonly days: number | null;
  readonly onChange: (fate: LeftOutFate) => void;
}

/** Asks what becomes of what was saved and is not taken any more. Nothing is let go unless somebody says so. */
export function LeftOutQuestion({ fate, days, onChange }: Props) {
  const t = useWords();
  return (
    <Choices label={t('choosing.leftOut.question')} value={fate} onChange={onChange}>
      <Choice value="keep" title={t('choosing.leftOut.keep')} meaning={t('choosing.leftOut.keepMeaning')} />
      <Choice
        value="let-go"
        title={t('choosing.leftOut.letGo')}
        meaning={days === null ? t('choosing.leftOut.neverGoes') : t('choosing.leftOut.letGoMeaning', { count: days })}
      />
    </Choices>
  );
}
