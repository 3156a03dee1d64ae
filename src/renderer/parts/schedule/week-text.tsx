import { Button, Textarea } from '@mantine/core';
import { inverted } from '../../../shared/domain/week.ts';
import { parseWindow, windowLines } from '../../../shared/domain/week-text.ts';
import { useFormat, useWords } from '../../words/index.ts';
import { openWindows, typeWindows } from './lines.ts';
import { spoken } from './sentences.ts';
import { useLineWords } from './use-line-words.ts';
import css from './week-card.module.css';
import type { When } from './when.ts';

interface Props {
  readonly when: When;
  readonly onChange: (change: Partial<When>) => void;
}

/** The week as text: of equal power, and to the minute. */
export function WeekText({ when, onChange }: Props) {
  const t = useWords();
  const words = useLineWords();
  const isOpen = when.typedWindows !== null;
  const isBad = (when.typedWindows?.allowed.bad ?? when.typedWindows?.slow.bad ?? null) !== null;
  return (
    <>
      <div className={css['said']}>
        <span>{isOpen ? '' : <Said when={when} />}</span>
        <Button
          size="sm"
          variant="subtle"
          disabled={isBad}
          onClick={() => onChange({ typedWindows: isOpen ? null : openWindows(when, words) })}
        >
          {t(isOpen ? 'schedule.windows.closeText' : 'schedule.windows.asText')}
        </Button>
      </div>
      {isOpen && <Lines when={when} onChange={onChange} />}
    </>
  );
}

function Said({ when: { timing } }: { readonly when: When }) {
  const t = useWords();
  const format = useFormat();
  const words = useLineWords();
  const { windows } = timing;
  if (windows === null) return t('schedule.windows.always');
  const linesOf = {
    allowed: windowLines(windows, 'allowed', words),
    slow: windowLines(windows, 'slow', words),
    blocked: windowLines(inverted(windows), 'allowed', words),
  };
  // Whichever is said with fewer words; the other is the rest.
  const main = linesOf.blocked.length < linesOf.allowed.length || linesOf.allowed.length === 0 ? 'blocked' : 'allowed';
  const said = ([main, 'slow'] as const)
    .map((paint) => ({ paint, lines: linesOf[paint].map(spoken) }))
    .filter(({ lines }) => lines.length > 0)
    .map(({ paint, lines }) =>
      t('schedule.windows.painted', { span: t(`schedule.windows.paint.${paint}`), paint: format.list(lines) }),
    );
  return said.join(' · ');
}

function Lines({ when, onChange }: Props) {
  const t = useWords();
  const format = useFormat();
  const words = useLineWords();
  const samples = ['Mon-Fri 08:00-12:00', 'Fri,Sat 22:00-06:00'].flatMap((line) =>
    windowLines(parseWindow(line, 'slow') ?? [], 'slow', words),
  );
  return (
    <div className={css['texts']}>
      {(['allowed', 'slow'] as const).map((paint) => {
        const { text, bad } = when.typedWindows?.[paint] ?? { text: '', bad: null };
        return (
          <Textarea
            key={paint}
            label={t(`schedule.windows.text.${paint}`)}
            description={t('schedule.windows.textMeaning', { examples: format.list(samples) })}
            classNames={{ input: css['mono'] ?? '' }}
            autosize
            minRows={3}
            maxRows={12}
            spellCheck={false}
            value={text}
            {...(bad === null ? {} : { error: t('schedule.times.bad', { line: bad }) })}
            onChange={(event) => onChange(typeWindows(when, paint, event.currentTarget.value, words))}
          />
        );
      })}
    </div>
  );
}
