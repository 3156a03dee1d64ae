import { Button } from '@mantine/core';
import { useState } from 'react';
import { engine } from '../../client/index.ts';
import { type StorageSummary, tellFailure, useStorages, useToasts } from '../../state/index.ts';
import { Chip, ConfirmName, FailureNote } from '../../widgets/index.ts';
import { useWords } from '../../words/index.ts';

interface Props {
  readonly storage: StorageSummary;
}

export function ModeChip({ storage: { mode } }: Props) {
  const t = useWords();
  return mode === 'read-only' ? (
    <Chip glyph="locked" small>
      {t('storages.owner.readOnly')}
    </Chip>
  ) : null;
}

/** What a person can answer to a state of the storage; each is a deliberate act. */
const answers = {
  'storage.went-back': 'acceptOlder',
  'storage.adopted-away': 'adopt',
  'storage.owned-elsewhere': 'adopt',
  'storage.read-only': 'adopt',
} as const;

type Answered = keyof typeof answers;
const isAnswered = (code: string): code is Answered => Object.hasOwn(answers, code);

/** Why nothing is written to it, and what can be done about that. */
export function OwnerNote({ storage }: Props) {
  const t = useWords();
  const show = useToasts((store) => store.show);
  const [asking, setAsking] = useState(false);
  const { id, name, failure } = storage;
  if (failure === null) return null;
  if (!isAnswered(failure.code)) return <FailureNote failure={failure} />;
  const answer = answers[failure.code];
  const act = (): Promise<void> =>
    tellFailure(t(`storages.owner.${answer}.title`, { name }), async () => {
      await engine.call(answer === 'adopt' ? 'storage.adopt' : 'storage.acceptOlder', { id });
      await useStorages.getState().refresh();
      show({ tone: 'success', title: t(`storages.owner.${answer}.done`, { name }) });
    });
  return (
    <>
      <FailureNote
        failure={failure}
        action={
          <Button size="sm" onClick={() => setAsking(true)}>
            {t(`storages.owner.${answer}.action`)}
          </Button>
        }
      />
      <ConfirmName
        opened={asking}
        title={t(`storages.owner.${answer}.title`, { name })}
        name={name}
        action={t(`storages.owner.${answer}.action`)}
        onClose={() => setAsking(false)}
        onConfirm={act}
      >
        {t(`storages.owner.${answer}.meaning`)}
      </ConfirmName>
    </>
  );
}
