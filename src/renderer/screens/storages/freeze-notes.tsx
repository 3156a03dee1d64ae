import { Button } from '@mantine/core';
import { engine } from '../../client/index.ts';
import { type FreezeRow, type StorageSummary, tellFailure, useAnswer, useToasts } from '../../state/index.ts';
import { Note } from '../../widgets/index.ts';
import { useFailureWords, useFormat, useWords } from '../../words/index.ts';
import css from './storages.module.css';

/** What a guard stopped: what was seen, what it means, and the answers to choose from. */
export function FreezeNotes({ storage }: { readonly storage: StorageSummary }) {
  const t = useWords();
  const show = useToasts((store) => store.show);
  const freezes = useAnswer(`freezes ${storage.id}`, () => engine.call('freeze.list', { storage: storage.id }), true);
  const answer = (freeze: FreezeRow, choice: 'mine' | 'empty' | 'keep'): Promise<void> =>
    tellFailure(t('storages.freeze.title', { source: freeze.sourceName }), async () => {
      await engine.call('freeze.answer', { storage: storage.id, id: freeze.id, answer: choice });
      show({ tone: 'success', title: t(`storages.freeze.answered.${choice}`, { source: freeze.sourceName }) });
      await freezes.refresh();
    });
  return (freezes.value ?? [])
    .filter(({ keptFrozen }) => !keptFrozen)
    .map((freeze) => <FreezeNote key={freeze.id} freeze={freeze} onAnswer={(choice) => void answer(freeze, choice)} />);
}

/** Where everything is gone at once, "that was me" would be the wrong question. */
const answersOf = (freeze: FreezeRow) =>
  freeze.reason === 'mass-change' || freeze.reason === 'listing-errors'
    ? (['mine', 'keep'] as const)
    : (['empty', 'keep'] as const);

function FreezeNote({
  freeze,
  onAnswer,
}: {
  readonly freeze: FreezeRow;
  readonly onAnswer: (choice: 'mine' | 'empty' | 'keep') => void;
}) {
  const t = useWords();
  const say = useFailureWords();
  const format = useFormat();
  return (
    <Note
      tone="warning"
      title={t('storages.freeze.title', { source: freeze.sourceName })}
      action={
        <span className={css['answers']}>
          {answersOf(freeze).map((choice) => (
            <Button key={choice} size="sm" onClick={() => onAnswer(choice)}>
              {t(`storages.freeze.answer.${choice}`)}
            </Button>
          ))}
        </span>
      }
    >
      <p>{t('storages.freeze.seen', { moment: format.moment(freeze.atMs), why: say(freeze.failure) })}</p>
      <p>{t('storages.freeze.meaning')}</p>
    </Note>
  );
}
