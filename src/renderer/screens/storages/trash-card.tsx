import { Button } from '@mantine/core';
import { Trash2 } from 'lucide-react';
import { engine } from '../../client/index.ts';
import { type StorageSummary, tellFailure, useAnswer, useToasts } from '../../state/index.ts';
import { Card } from '../../widgets/index.ts';
import { useFormat, useWords } from '../../words/index.ts';
import css from './plan.module.css';
import cards from './storages.module.css';

/** What waits to be deleted, until when, and the way back. */
export function TrashCard({ storage }: { readonly storage: StorageSummary }) {
  const t = useWords();
  const format = useFormat();
  const show = useToasts((store) => store.show);
  const trash = useAnswer(`trash ${storage.id}`, () => engine.call('storage.trash', { storage: storage.id }), true);
  const back = (batch: string): Promise<void> =>
    tellFailure(t('storages.trash.back'), async () => {
      const { bytes } = await engine.call('storage.returnFromTrash', { storage: storage.id, batch });
      show({ tone: 'success', title: t('storages.trash.returned', { bytes: format.bytes(bytes) }) });
      await trash.refresh();
    });
  if (trash.value === null) return null;
  const { batches, bytes, graceDays } = trash.value;
  return (
    <Card title={t('storages.trash.title')} icon={<Trash2 size={16} strokeWidth={1.75} aria-hidden />}>
      <p className={cards['proof']}>{batches.length === 0 ? t('storages.trash.empty') : format.bytes(bytes)}</p>
      <p className={cards['meaning']}>{t('storages.trash.meaning', { count: graceDays })}</p>
      {batches.length > 0 && (
        <ul className={css['batches']}>
          {batches.map(({ batch, atMs, bytes: size, dueAtMs }) => (
            <li key={batch}>
              <span className={css['batch']}>
                <span>
                  {format.date(atMs)} · {format.bytes(size)}
                </span>
                <span>
                  {t('storages.trash.due', { context: dueAtMs > Date.now() ? 'until' : 'since', day: format.date(dueAtMs) })}
                </span>
              </span>
              <Button size="sm" variant="subtle" onClick={() => void back(batch)}>
                {t('storages.trash.back')}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
