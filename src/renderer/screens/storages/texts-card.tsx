import { Button, Switch } from '@mantine/core';
import { TextSearch } from 'lucide-react';
import { useState } from 'react';
import { engine } from '../../client/index.ts';
import { type StorageSummary, tellFailure, useAnswer, useLiveRuns } from '../../state/index.ts';
import { Card, LinkButton, ProgressBar } from '../../widgets/index.ts';
import { useFormat, useWords } from '../../words/index.ts';
import css from './storages.module.css';

/** Whether it is searched what items say, what that costs, and how far it has come. */
export function TextsCard({ storage }: { readonly storage: StorageSummary }) {
  const t = useWords();
  const format = useFormat();
  const [switching, setSwitching] = useState(false);
  const live = useLiveRuns(({ runs }) => runs.find(({ run }) => run.kind === 'index-texts' && run.storage === storage.id));
  const question = `texts ${storage.id} ${live?.run.id ?? ''}`;
  const texts = useAnswer(question, () => engine.call('search.texts', { storage: storage.id }), true);
  if (texts.value === null) return null;
  const { isOn, total, unread, bytes } = texts.value;
  // What the run has said since is newer than the answer.
  const done = Math.min(total, Math.max(texts.value.done, live?.progress?.itemsDone ?? 0));
  const act = async (work: () => Promise<unknown>): Promise<void> => {
    setSwitching(true);
    await tellFailure(t('storages.texts.title'), work);
    await texts.refresh();
    setSwitching(false);
  };
  const fill = (): Promise<unknown> => engine.call('search.indexTexts', { storage: storage.id });
  const turn = (searchBodies: boolean): Promise<void> =>
    act(async () => {
      await engine.call('storage.changeSettings', { storage: storage.id, searchBodies });
      if (searchBodies) await fill();
    });
  const words =
    done < total
      ? t('storages.texts.soFar', { done, total })
      : t('storages.texts.all', { count: total, bytes: format.bytes(bytes) });
  return (
    <Card title={t('storages.texts.title')} icon={<TextSearch size={16} strokeWidth={1.75} aria-hidden />}>
      <div className={css['form']}>
        <Switch
          label={t('storages.texts.switch')}
          description={t('storages.texts.meaning')}
          checked={isOn}
          disabled={switching}
          onChange={(event) => void turn(event.currentTarget.checked)}
        />
        {isOn && (
          <>
            <p role="status">
              {words}
              {unread > 0 && ` ${t('storages.texts.unread', { count: unread })}`}
            </p>
            {done < total && <ProgressBar share={done / total} label={words} />}
            {live !== undefined && (
              <LinkButton className={css['formAction']} size="xs" variant="default" to="/runs/$run" params={{ run: live.run.id }}>
                {t('storages.texts.show')}
              </LinkButton>
            )}
            {done < total && live === undefined && (
              <Button
                className={css['formAction']}
                size="xs"
                variant="default"
                disabled={switching}
                onClick={() => void act(fill)}
              >
                {t('storages.texts.goOn')}
              </Button>
            )}
          </>
        )}
      </div>
    </Card>
  );
}
