import { Button, Checkbox, Modal, Select } from '@mantine/core';
import { useState } from 'react';
import type { StorageId } from '../../../shared/domain/ids.ts';
import { engine } from '../../client/index.ts';
import { type MirrorRow, type StorageSummary, useAnswer, useAttempt, useStorages, useToasts } from '../../state/index.ts';
import { FailureNote, LinkButton, Note } from '../../widgets/index.ts';
import { useWords } from '../../words/index.ts';
import css from './storages.module.css';

interface Props {
  readonly storage: StorageSummary;
  readonly known: readonly MirrorRow[];
  /** Empty: nothing is chosen yet. */
  readonly chosen: string;
  readonly onClose: () => void;
  readonly onAdded: () => Promise<void>;
}

/** A storage that is to receive what this one holds. Whether it can is tried, and said, before anything is set up. */
export function AddMirrorDialog({ storage, known, chosen, onClose, onAdded }: Props) {
  const t = useWords();
  const show = useToasts((store) => store.show);
  const { busy, failure, attempt } = useAttempt();
  const [target, setTarget] = useState<string | null>(chosen === '' ? null : chosen);
  const [isElsewhere, setElsewhere] = useState(false);
  const choices = useChoices(storage, known);
  const trial = useTrial(storage.id, target);
  const add = async (): Promise<void> => {
    const mirror = target as StorageId;
    const added = await attempt(async () => {
      await engine.call('mirror.add', { origin: storage.id, mirror, adds: true });
      if (isElsewhere) await engine.call('mirror.change', { mirror, isElsewhere });
      return true;
    });
    if (added === undefined) return;
    const name = choices.find(({ value }) => value === target)?.label ?? '';
    show({ tone: 'success', title: t('storages.mirrors.added', { name, origin: storage.name }) });
    await onAdded();
    onClose();
  };
  const canAdd = target !== null && trial.value !== null && trial.failure === null && !trial.pending;
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('storages.mirrors.addTitle', { name: storage.name })}
      closeButtonProps={{ 'aria-label': t('parts.close') }}
    >
      <form
        className={css['form']}
        onSubmit={(event) => {
          event.preventDefault();
          if (canAdd && !busy) void add();
        }}
      >
        <p className={css['meaning']}>{t('storages.mirrors.addMeaning')}</p>
        {choices.length > 0 && (
          <Select
            data-autofocus
            label={t('storages.mirrors.target')}
            placeholder={t('storages.mirrors.choose')}
            data={choices}
            value={target}
            onChange={setTarget}
          />
        )}
        <LinkButton size="sm" to="/storages/new" search={{ mirrorOf: storage.id }}>
          {t('storages.mirrors.makeOne')}
        </LinkButton>
        {target !== null && <Trial trial={trial} storage={storage} target={target} />}
        {target !== null && (
          <Checkbox
            label={t('storages.mirrors.isElsewhere')}
            description={t('storages.mirrors.isElsewhereMeaning')}
            checked={isElsewhere}
            onChange={(event) => setElsewhere(event.currentTarget.checked)}
          />
        )}
        {failure && <FailureNote failure={failure} />}
        <div className={css['actions']}>
          <Button onClick={onClose}>{t('parts.cancel')}</Button>
          <Button type="submit" variant="filled" loading={busy} disabled={!canAdd}>
            {t('storages.mirrors.addAction')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

/** Storages of one's own that nothing saves into. */
function useChoices(storage: StorageSummary, known: readonly MirrorRow[]): { value: string; label: string }[] {
  const storages = useStorages((feed) => feed.value) ?? [];
  const taken = new Set(known.flatMap(({ id, origin }) => [id, origin]));
  return storages
    .filter(({ id, mode, jobs }) => id !== storage.id && mode === 'own' && jobs.length === 0 && !taken.has(id))
    .map(({ id, name }) => ({ value: id, label: name }));
}

const useTrial = (origin: StorageId, target: string | null) =>
  useAnswer(target === null ? null : `mirror ${origin} ${target}`, () =>
    engine.call('mirror.add', { origin, mirror: target as StorageId, adds: false }),
  );

interface TrialProps {
  readonly trial: ReturnType<typeof useTrial>;
  readonly storage: StorageSummary;
  readonly target: string;
}

function Trial({ trial, storage, target }: TrialProps) {
  const t = useWords();
  if (trial.failure) {
    const isLocked = trial.failure.code === 'storage.needs-password';
    return (
      <FailureNote
        failure={trial.failure}
        title={t('storages.mirrors.cannot')}
        action={
          isLocked && (
            <LinkButton size="sm" to="/storages/$storage" params={{ storage: target }}>
              {t('storages.unlock.action')}
            </LinkButton>
          )
        }
      />
    );
  }
  if (trial.value === null) return null;
  const isSameDisk = trial.value.warnings.includes('same-disk');
  return (
    <Note tone={isSameDisk ? 'warning' : 'fine'} title={t('storages.mirrors.can')} live>
      {isSameDisk
        ? t('storages.mirrors.sameDiskMeaning')
        : t('storages.mirrors.canMeaning', { count: storage.moments, name: storage.name })}
    </Note>
  );
}
