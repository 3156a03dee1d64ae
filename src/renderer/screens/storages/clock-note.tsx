import { Button } from '@mantine/core';
import { engine } from '../../client/index.ts';
import { type StorageSummary, tellFailure, useAnswer, useToasts } from '../../state/index.ts';
import { Note } from '../../widgets/index.ts';
import { useFailureWords, useWords } from '../../words/index.ts';
import css from './storages.module.css';

/** The clock cannot be right, as far as the storage can tell: what that stops, and the answers to choose from. */
export function ClockNote({ storage }: { readonly storage: StorageSummary }) {
  const t = useWords();
  const say = useFailureWords();
  const show = useToasts((store) => store.show);
  const clock = useAnswer(`clock ${storage.id}`, () => engine.call('storage.clock', { storage: storage.id }), true);
  const answer = (choice: 'right' | 'keep'): Promise<void> =>
    tellFailure(t('storages.clock.title'), async () => {
      await engine.call(choice === 'right' ? 'storage.believeClock' : 'storage.doubtClock', { storage: storage.id });
      show({ tone: 'success', title: t(`storages.clock.answered.${choice}`) });
      await clock.refresh();
    });
  if (clock.value === null || clock.value.failure === null) return null;
  const { failure, keptFrozen } = clock.value;
  return (
    <Note
      tone={keptFrozen ? 'plain' : 'warning'}
      title={t('storages.clock.title')}
      action={
        <span className={css['answers']}>
          <Button size="sm" onClick={() => void answer('right')}>
            {t('storages.clock.answer.right')}
          </Button>
          {!keptFrozen && (
            <Button size="sm" onClick={() => void answer('keep')}>
              {t('storages.clock.answer.keep')}
            </Button>
          )}
        </span>
      }
    >
      <p>{say(failure)}</p>
      <p>{t('storages.clock.meaning')}</p>
    </Note>
  );
}
