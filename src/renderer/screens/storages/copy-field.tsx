import { Button, TextInput } from '@mantine/core';
import { FolderOpen } from 'lucide-react';
import { shell } from '../../client/index.ts';
import { FieldRow } from '../../widgets/index.ts';
import { useWords } from '../../words/index.ts';

interface Props {
  readonly path: string;
  readonly onChange: (path: string) => void;
  readonly isFirst?: boolean;
}

/** Where a plain copy of a storage lies: typed, or chosen. */
export function CopyField({ path, onChange, isFirst }: Props) {
  const t = useWords();
  const choose = async (): Promise<void> => {
    const picked = await shell.call('shell.pickDirectory', { title: t('storages.repair.folder'), start: path || null });
    if (picked.path !== null) onChange(picked.path);
  };
  return (
    <FieldRow>
      <TextInput
        {...(isFirst ? { 'data-autofocus': true } : {})}
        label={t('storages.repair.folder')}
        value={path}
        spellCheck={false}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <Button leftSection={<FolderOpen size={16} aria-hidden />} onClick={() => void choose()}>
        {t('storages.repair.choose')}
      </Button>
    </FieldRow>
  );
}
