import { ActionIcon, Button, Modal, Select, TextInput } from '@mantine/core';
import { Lock, X } from 'lucide-react';
import { useState } from 'react';
import type { SourceId } from '../../../shared/domain/ids.ts';
import { engine } from '../../client/index.ts';
import { type HoldRow, type StorageSummary, tellFailure, useAnswer, useAttempt, useToasts } from '../../state/index.ts';
import { Card, FailureNote } from '../../widgets/index.ts';
import { useFormat, useWords } from '../../words/index.ts';
import css from './storages.module.css';

/** What is kept for ever, whatever the rules say; further holds are set where things are looked at, in Browse. */
export function KeptCard({ storage }: { readonly storage: StorageSummary }) {
  const t = useWords();
  const show = useToasts((store) => store.show);
  const [adding, setAdding] = useState(false);
  const holds = useAnswer(`holds ${storage.id}`, () => engine.call('hold.list', { storage: storage.id }), true);
  const release = (hold: HoldRow): Promise<void> =>
    tellFailure(t('storages.kept.release', { place: hold.place }), async () => {
      await engine.call('hold.remove', { storage: storage.id, id: hold.id });
      show({ tone: 'success', title: t('storages.kept.released', { place: hold.place }) });
      await holds.refresh();
    });
  const rows = holds.value ?? [];
  return (
    <Card title={t('storages.kept.title')} icon={<Lock size={16} strokeWidth={1.75} aria-hidden />}>
      <p className={css['proof']}>{t('storages.kept.count', { count: rows.length })}</p>
      <p className={css['meaning']}>{t('storages.kept.meaning')}</p>
      <ul className={css['held']}>
        {rows.map((hold) => (
          <HeldLine key={hold.id} hold={hold} onRelease={() => void release(hold)} />
        ))}
      </ul>
      <div className={css['cardFoot']}>
        <Button size="sm" disabled={storage.state !== 'open'} onClick={() => setAdding(true)}>
          {t('storages.kept.add')}
        </Button>
      </div>
      {adding && <HoldSourceDialog storage={storage} onClose={() => setAdding(false)} onDone={holds.refresh} />}
    </Card>
  );
}

function HeldLine({ hold, onRelease }: { readonly hold: HoldRow; readonly onRelease: () => void }) {
  const t = useWords();
  const format = useFormat();
  return (
    <li>
      <span className={css['heldPlace']}>
        <span>{hold.place}</span>
        <span className={css['meaning']}>
          {t(`storages.kept.what.${hold.scope.what}`)}
          {hold.reason !== '' && `, ${hold.reason}`} · {format.date(hold.atMs)}
        </span>
      </span>
      <ActionIcon aria-label={t('storages.kept.release', { place: hold.place })} onClick={onRelease}>
        <X size={16} strokeWidth={1.75} />
      </ActionIcon>
    </li>
  );
}

interface DialogProps {
  readonly storage: StorageSummary;
  readonly onClose: () => void;
  readonly onDone: () => Promise<void>;
}

function HoldSourceDialog({ storage, onClose, onDone }: DialogProps) {
  const t = useWords();
  const { busy, failure, attempt } = useAttempt();
  const [source, setSource] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const sizes = useAnswer(`sizes ${storage.id}`, () => engine.call('storage.sizes', { storage: storage.id }), true);
  const add = async (): Promise<void> => {
    if (source === null) return;
    const scope = { what: 'source' as const, source: source as SourceId };
    if ((await attempt(() => engine.call('hold.add', { storage: storage.id, scope, reason }))) === undefined) return;
    await onDone();
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title={t('storages.kept.addTitle')} closeButtonProps={{ 'aria-label': t('parts.close') }}>
      <form
        className={css['form']}
        onSubmit={(event) => {
          event.preventDefault();
          void add();
        }}
      >
        <p className={css['meaning']}>{t('storages.kept.addMeaning')}</p>
        <Select
          data-autofocus
          label={t('storages.kept.source')}
          data={(sizes.value?.sources ?? []).map(({ source: value, name: label }) => ({ value, label }))}
          value={source}
          onChange={setSource}
        />
        <TextInput
          label={t('storages.kept.reason')}
          maxLength={1000}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {failure && <FailureNote failure={failure} />}
        <div className={css['actions']}>
          <Button onClick={onClose}>{t('parts.cancel')}</Button>
          <Button type="submit" variant="filled" loading={busy} disabled={source === null}>
            {t('storages.kept.addAction')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
