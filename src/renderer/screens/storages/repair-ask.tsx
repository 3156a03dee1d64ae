import { Button } from '@mantine/core';
import { useState } from 'react';
import { engine } from '../../client/index.ts';
import { type StorageSummary, useAnswer, useAttempt } from '../../state/index.ts';
import { Choice, Choices, FailureNote } from '../../widgets/index.ts';
import { useFormat, useWords } from '../../words/index.ts';
import { CopyField } from './copy-field.tsx';
import css from './storages.module.css';
import type { Trial } from './trial.ts';

interface Props {
  readonly storage: StorageSummary;
  /** The folder of a copy that is proposed. */
  readonly copy: string;
  readonly onTry: (trial: Trial) => void;
  readonly onClose: () => void;
}

/** Where missing pieces may be. What is here itself is always used. */
export function RepairAsk({ storage: { id }, copy, onTry, onClose }: Props) {
  const t = useWords();
  const { busy, failure, attempt, forget } = useAttempt();
  const [where, setWhere] = useState<'mirrors' | 'copy'>(copy === '' ? 'mirrors' : 'copy');
  const [path, setPath] = useState(copy);
  const from = where === 'copy' ? path.trim() : null;
  const start = async (): Promise<void> => {
    const started = await attempt(() => engine.call('storage.repair', { storage: id, dryRun: true, fromMirror: from }));
    if (started) onTry({ run: started.run, from });
  };
  return (
    <form
      className={css['form']}
      onSubmit={(event) => {
        event.preventDefault();
        if (from !== '' && !busy) void start();
      }}
    >
      <p className={css['meaning']}>{t('storages.repair.askMeaning')}</p>
      <Choices
        label={t('storages.repair.from')}
        value={where}
        onChange={(chosen) => {
          setWhere(chosen);
          forget();
        }}
      >
        <MirrorsChoice storage={id} />
        <Choice value="copy" title={t('storages.repair.fromCopy')} meaning={t('storages.repair.fromCopyMeaning')} />
      </Choices>
      {where === 'copy' && <CopyField path={path} onChange={setPath} />}
      {failure && <FailureNote failure={failure} />}
      <div className={css['actions']}>
        <Button onClick={onClose}>{t('parts.cancel')}</Button>
        <Button data-autofocus type="submit" variant="filled" disabled={from === ''} loading={busy}>
          {t('storages.repair.try')}
        </Button>
      </div>
    </form>
  );
}

function MirrorsChoice({ storage }: { readonly storage: StorageSummary['id'] }) {
  const t = useWords();
  const format = useFormat();
  const mirrors = useAnswer(`mirrors of ${storage}`, () => engine.call('mirror.list', { origin: storage })).value ?? [];
  return mirrors.length === 0 ? (
    <Choice value="mirrors" title={t('storages.repair.fromHere')} meaning={t('storages.repair.fromHereMeaning')} />
  ) : (
    <Choice value="mirrors" title={t('storages.repair.fromMirrors')} meaning={format.list(mirrors.map(({ name }) => name))} />
  );
}
