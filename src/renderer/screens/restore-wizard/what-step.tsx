import { Checkbox, Select } from '@mantine/core';
import { History } from 'lucide-react';
import { kindOfSource } from '../../parts/kinds.ts';
import { Choice, Choices, FailureNote, Fields, KindIcon, LinkButton, Note, Waiting } from '../../widgets/index.ts';
import { useFormat, useWords } from '../../words/index.ts';
import css from './restore-wizard.module.css';
import { UncertainSources } from './uncertain-sources.tsx';
import type { RestoreWizardState } from './use-restore-wizard.ts';

export function WhatStep({ wizard }: { readonly wizard: RestoreWizardState }) {
  const t = useWords();
  const { answers, selection, storage, tree, saved } = wizard;
  return (
    <Fields>
      {selection === null && <StorageField wizard={wizard} />}
      {storage?.state === 'locked' && (
        <Note
          tone="warning"
          title={t('restoreWizard.what.locked', { name: storage.name })}
          action={
            <LinkButton size="sm" to="/storages/$storage" params={{ storage: storage.id }}>
              {t('restoreWizard.what.unlock')}
            </LinkButton>
          }
        />
      )}
      {tree.failure && <FailureNote failure={tree.failure} retry={() => void tree.refresh()} />}
      {saved.failure && <FailureNote failure={saved.failure} retry={() => void saved.refresh()} />}
      {storage !== undefined && storage.state !== 'locked' && (
        <>
          <Choices
            label={t('restoreWizard.what.heading')}
            hideLabel
            value={answers.scope}
            onChange={(scope) => wizard.change({ scope })}
          >
            {selection !== null && (
              <Choice value="selection" title={selection.label} meaning={t('restoreWizard.what.selectionMeaning')} />
            )}
            <Choice value="everything" title={t('restoreWizard.what.everything', { name: storage.name })} />
            <Choice value="sources" title={t('restoreWizard.what.sources')} meaning={t('restoreWizard.what.sourcesMeaning')} />
          </Choices>
          {answers.scope === 'sources' && (saved.value === null ? <Waiting what={storage.name} /> : <Sources wizard={wizard} />)}
          <Note
            tone="plain"
            action={
              <LinkButton
                size="sm"
                to="/browse"
                search={{ storage: storage.id }}
                leftSection={<History size={16} strokeWidth={1.75} aria-hidden />}
              >
                {t('restoreWizard.what.browse')}
              </LinkButton>
            }
          >
            {t('restoreWizard.what.browseMeaning')}
          </Note>
        </>
      )}
      <UncertainSources wizard={wizard} />
      <Measured wizard={wizard} />
    </Fields>
  );
}

function StorageField({ wizard }: { readonly wizard: RestoreWizardState }) {
  const t = useWords();
  const { storages, storage } = wizard;
  if (storages === null) return <Waiting rows={1} />;
  if (storages.length === 0)
    return (
      <Note
        tone="plain"
        title={t('restoreWizard.what.noStorage')}
        action={
          <LinkButton size="sm" to="/storages/new" search={{ adopt: true }}>
            {t('storageWizard.adoptTitle')}
          </LinkButton>
        }
      />
    );
  return (
    <Select
      label={t('restoreWizard.what.storage')}
      placeholder={t('restoreWizard.missing.storage')}
      value={storage?.id ?? null}
      data={storages.map(({ id, name }) => ({ value: id, label: name }))}
      onChange={(value) =>
        wizard.change({ storage: storages.find(({ id }) => id === value)?.id ?? null, sources: [], asOf: { kind: 'now' } })
      }
    />
  );
}

function Sources({ wizard }: { readonly wizard: RestoreWizardState }) {
  const t = useWords();
  const format = useFormat();
  const { sources: chosen } = wizard.answers;
  return (
    <fieldset className={css['list']}>
      <legend>{t('restoreWizard.what.sourcesLabel')}</legend>
      <ul>
        {wizard.sources.map(({ id, name, kind, items, bytes, newestMs }) => (
          <li key={id}>
            <Checkbox
              label={name}
              description={
                newestMs === null
                  ? t('restoreWizard.what.neverWhole')
                  : t('restoreWizard.what.newest', { time: format.fullMoment(newestMs) })
              }
              checked={chosen.includes(id)}
              onChange={(event) =>
                wizard.change({
                  sources: event.currentTarget.checked ? [...chosen, id] : chosen.filter((other) => other !== id),
                })
              }
            />
            <span className="st-soft">
              {t('parts.items', { count: items })} · {format.bytes(bytes)}
            </span>
            <KindIcon kind={kindOfSource[kind]} label={t(`parts.sourceKind.${kind}`)} />
          </li>
        ))}
      </ul>
    </fieldset>
  );
}

/** How much that is, as of the chosen moment. */
export function Measured({ wizard }: { readonly wizard: RestoreWizardState }) {
  const t = useWords();
  const format = useFormat();
  const { value, failure } = wizard.measured;
  if (failure) return <FailureNote failure={failure} />;
  return (
    <p className={css['measured']} role="status">
      {value !== null && (
        <>
          <b>{t('parts.items', { count: value.items })}</b> {format.bytes(value.bytes)}
        </>
      )}
    </p>
  );
}
