import { Button, Modal } from '@mantine/core';
import { useWords } from '../../words/index.ts';
import css from './jobs.module.css';

interface Props {
  readonly name: string;
  readonly before: string;
  readonly after: string;
  readonly onClose: () => void;
  readonly onConfirm: () => void;
}

/** Names both storages before copies go elsewhere, and says what stays where it is. */
export function MoveStorageDialog({ name, before, after, onClose, onConfirm }: Props) {
  const t = useWords();
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('jobs.elsewhere.title', { name, after })}
      closeButtonProps={{ 'aria-label': t('parts.close') }}
    >
      <div className={css['marks']}>
        <p>{t('jobs.elsewhere.meaning', { name, before, after })}</p>
        <p>{t('jobs.elsewhere.stays', { before })}</p>
        <p>{t('jobs.elsewhere.first', { after })}</p>
        <div className={css['dialogFoot']}>
          <Button data-autofocus onClick={onClose}>
            {t('parts.cancel')}
          </Button>
          <Button variant="filled" onClick={onConfirm}>
            {t('jobs.elsewhere.do', { after })}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
