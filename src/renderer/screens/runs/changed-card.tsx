import { Button } from '@mantine/core';
import { useState } from 'react';
import type { RunId, StorageId } from '../../../shared/domain/ids.ts';
import { engine } from '../../client/index.ts';
import { DifferenceList } from '../../parts/difference-list.tsx';
import { type RunRecord, useAnswer } from '../../state/index.ts';
import { Card, FailureNote, Waiting } from '../../widgets/index.ts';
import { useWords } from '../../words/index.ts';

/** As many as the contract gives. */
const mostMoments = 10_000;

/** What the run changed, item by item: what is different from the moment before it. Asked for only when somebody wants to know. */
export function ChangedCard({ run: { id, storage, counts } }: { readonly run: RunRecord }) {
  const t = useWords();
  const [opened, setOpened] = useState(false);
  const changes = counts.new + counts.changed + counts.metadataOnly + counts.moved + counts.vanished;
  if (storage === null || changes === 0) return null;
  return (
    <Card
      title={t('runs.changed.title')}
      action={
        <Button size="xs" aria-expanded={opened} onClick={() => setOpened(!opened)}>
          {t(opened ? 'runs.changed.hide' : 'runs.changed.show')}
        </Button>
      }
    >
      {opened ? <Changes storage={storage} run={id} /> : <p className="st-soft">{t('runs.changed.meaning')}</p>}
    </Card>
  );
}

function Changes({ storage, run }: { readonly storage: StorageId; readonly run: RunId }) {
  const t = useWords();
  const moments = useAnswer(`moments ${storage}`, () => engine.call('browse.moments', { storage, limit: mostMoments }));
  if (moments.failure)
    return <FailureNote failure={moments.failure} title={t('parts.broken')} retry={() => void moments.refresh()} />;
  if (!moments.value) return <Waiting rows={4} />;
  // Newest first.
  const at = moments.value.findIndex((moment) => moment.run === run);
  const moment = moments.value[at];
  if (moment === undefined) return <p className="st-soft">{t('runs.changed.noMoment')}</p>;
  return <DifferenceList storage={storage} from={moments.value[at + 1]?.atMs ?? null} to={moment.atMs} />;
}
