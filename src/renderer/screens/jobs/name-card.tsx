import { TextInput } from '@mantine/core';
import { isName } from '../../parts/names.ts';
import { Card } from '../../widgets/index.ts';
import { useWords } from '../../words/index.ts';

export function NameCard({ name, onChange }: { readonly name: string; readonly onChange: (name: string) => void }) {
  const t = useWords();
  return (
    <Card title={t('jobs.name')}>
      <TextInput
        aria-label={t('jobs.name')}
        value={name}
        error={isName(name) ? undefined : t('jobs.nameInvalid')}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </Card>
  );
}
