import { Button, Checkbox, PasswordInput, Select, Textarea, TextInput } from '@mantine/core';
import { webhookMethods } from '../../../shared/domain/action.ts';
import { useWords } from '../../words/index.ts';
import type { ActionDraft } from './action-draft.ts';
import css from './actions-card.module.css';

interface Props {
  readonly draft: ActionDraft;
  readonly onChange: (part: Partial<ActionDraft>) => void;
}

export function CommandFields({ draft, onChange }: Props) {
  const t = useWords();
  return (
    <>
      <Textarea
        label={t(draft.shell ? 'jobs.actions.line' : 'jobs.actions.words')}
        description={t(draft.shell ? 'jobs.actions.lineMeaning' : 'jobs.actions.wordsMeaning')}
        autosize
        minRows={3}
        maxRows={8}
        spellCheck={false}
        value={draft.words}
        onChange={({ currentTarget }) => onChange({ words: currentTarget.value })}
      />
      <Checkbox
        label={t('jobs.actions.shell')}
        checked={draft.shell}
        onChange={({ currentTarget }) => onChange({ shell: currentTarget.checked })}
      />
      <TextInput
        label={t('jobs.actions.folder')}
        description={t('jobs.actions.folderMeaning')}
        value={draft.folder}
        spellCheck={false}
        onChange={({ currentTarget }) => onChange({ folder: currentTarget.value })}
      />
    </>
  );
}

export function WebhookFields({ draft, isNew, onChange }: Props & { readonly isNew: boolean }) {
  const t = useWords();
  return (
    <>
      <TextInput
        label={t('jobs.actions.url')}
        value={draft.url}
        spellCheck={false}
        onChange={({ currentTarget }) => onChange({ url: currentTarget.value })}
      />
      <Select
        label={t('jobs.actions.method')}
        allowDeselect={false}
        data={[...webhookMethods]}
        value={draft.method}
        onChange={(value) => onChange({ method: webhookMethods.find((method) => method === value) ?? draft.method })}
      />
      <Textarea
        label={t('jobs.actions.headers')}
        description={t('jobs.actions.headersMeaning')}
        autosize
        minRows={1}
        maxRows={6}
        spellCheck={false}
        value={draft.headers}
        onChange={({ currentTarget }) => onChange({ headers: currentTarget.value })}
      />
      <SecretHeaders draft={draft} isNew={isNew} onChange={onChange} />
      <Textarea
        label={t('jobs.actions.body')}
        description={t('jobs.actions.bodyMeaning', { facts: '{{job}}, {{status}}, {{items_new}}' })}
        autosize
        minRows={2}
        maxRows={8}
        spellCheck={false}
        value={draft.body}
        onChange={({ currentTarget }) => onChange({ body: currentTarget.value })}
      />
      <Checkbox
        label={t('jobs.actions.verify')}
        checked={draft.verifiesTls}
        onChange={({ currentTarget }) => onChange({ verifiesTls: currentTarget.checked })}
      />
    </>
  );
}

function SecretHeaders({ draft: { secrets }, isNew, onChange }: Props & { readonly isNew: boolean }) {
  const t = useWords();
  const change = (at: number, part: Partial<ActionDraft['secrets'][number]>): void =>
    onChange({ secrets: secrets.map((secret, index) => (index === at ? { ...secret, ...part } : secret)) });
  return (
    <>
      {secrets.map(({ name, value }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows are added at the end, and have nothing else to be known by while they are typed
        <div key={at} className={css['secret']}>
          <TextInput
            label={t('jobs.actions.secretName')}
            value={name}
            spellCheck={false}
            onChange={({ currentTarget }) => change(at, { name: currentTarget.value })}
          />
          <PasswordInput
            label={t('jobs.actions.secretValue')}
            placeholder={isNew ? '' : t('jobs.actions.secretKept')}
            value={value}
            onChange={({ currentTarget }) => change(at, { value: currentTarget.value })}
          />
          <Button onClick={() => onChange({ secrets: secrets.filter((_, index) => index !== at) })}>
            {t('jobs.actions.remove')}
          </Button>
        </div>
      ))}
      <div>
        <Button size="xs" onClick={() => onChange({ secrets: [...secrets, { name: '', value: '' }] })}>
          {t('jobs.actions.addSecret')}
        </Button>
      </div>
    </>
  );
}
