import { Button } from '@mantine/core';
import { useState } from 'react';
import { engine } from '../../client/index.ts';
import { type RunRecord, tellFailure, useToasts } from '../../state/index.ts';
import { useFormat, useWords } from '../../words/index.ts';

/** The way back of what a run hid, for as long as more is left of it than its place. */
export function UndoRetention({ run: { id, storage } }: { readonly run: RunRecord }) {
  const t = useWords();
  const format = useFormat();
  const show = useToasts((store) => store.show);
  const [busy, setBusy] = useState(false);
  if (storage === null) return null;
  const undo = async (): Promise<void> => {
    setBusy(true);
    await tellFailure(t('runs.retention.undo'), async () => {
      const { versions, moments, gone } = await engine.call('storage.undoRetention', { storage, run: id });
      const title = t('runs.retention.undone', { versions: format.number(versions), moments: format.number(moments) });
      show({ tone: 'success', title, ...(gone > 0 && { meaning: t('runs.retention.undoneGone', { count: gone }) }) });
    });
    setBusy(false);
  };
  return (
    <Button size="sm" loading={busy} onClick={() => void undo()}>
      {t('runs.retention.undo')}
    </Button>
  );
}
