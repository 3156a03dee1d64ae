import { Checkbox, Textarea } from '@mantine/core';
import { FailureNote, Fields, Waiting } from '../../widgets/index.ts';
import { useFormat, useWords } from '../../words/index.ts';
import { isDav } from './what.ts';
import { markers, presetNames, presets } from './file-rules.ts';
import { type FolderNode, itemsWithout, stateOf, toggled, treeOf } from './folder-choice.ts';
import css from './job-wizard.module.css';
import type { JobWizardState } from './use-job-wizard.ts';

/** What a source itself leaves out, whatever job it is in. */
export function SourceChooseStep({ wizard }: { readonly wizard: JobWizardState }) {
  return wizard.answers.what === 'files' ? <FileRules wizard={wizard} /> : <Folders wizard={wizard} />;
}

function Folders({ wizard }: { readonly wizard: JobWizardState }) {
  const t = useWords();
  const { folders, answers } = wizard;
  if (wizard.failure) return <FailureNote failure={wizard.failure} retry={() => void wizard.test()} />;
  if (folders === null) return <Waiting what={wizard.sourceName} />;
  return (
    <Fields>
      <div className={css['tree']}>
        <Level nodes={treeOf(folders)} wizard={wizard} />
      </div>
      <p className="st-soft" role="status">
        {t('jobWizard.choose.kept', { items: t('parts.items', { count: itemsWithout(folders, answers.leftOut) }) })}{' '}
        {t(isDav(answers.what) ? `jobWizard.choose.${answers.what}Later` : 'jobWizard.choose.later')}
      </p>
    </Fields>
  );
}

function Level({ nodes, wizard }: { readonly nodes: readonly FolderNode[]; readonly wizard: JobWizardState }) {
  const format = useFormat();
  const { leftOut } = wizard.answers;
  return (
    <ul>
      {nodes.map((node) => {
        const { key, name, items } = node.folder;
        const state = stateOf(node, leftOut);
        return (
          <li key={key}>
            <div>
              <Checkbox
                label={name}
                checked={state === 'all'}
                indeterminate={state === 'some'}
                onChange={() => wizard.change({ leftOut: toggled(node, leftOut) })}
              />
              {items !== null && <span className="st-soft">{format.number(items)}</span>}
            </div>
            {node.below.length > 0 && <Level nodes={node.below} wizard={wizard} />}
          </li>
        );
      })}
    </ul>
  );
}

function FileRules({ wizard }: { readonly wizard: JobWizardState }) {
  const t = useWords();
  const { answers, change } = wizard;
  return (
    <Fields>
      <fieldset className={css['group']}>
        <legend>{t('jobWizard.choose.presets')}</legend>
        {presetNames.map((preset) => (
          <Checkbox
            key={preset}
            label={t(`jobWizard.choose.preset.${preset}`)}
            description={presets[preset].join('  ')}
            checked={answers.presets.includes(preset)}
            onChange={(event) =>
              change({
                presets: presetNames.filter((name) =>
                  name === preset ? event.currentTarget.checked : answers.presets.includes(name),
                ),
              })
            }
          />
        ))}
        <Checkbox
          label={t('jobWizard.choose.markers', { names: markers.join(', ') })}
          description={t('jobWizard.choose.markersMeaning')}
          checked={answers.useMarkers}
          onChange={(event) => change({ useMarkers: event.currentTarget.checked })}
        />
        <Checkbox
          label={t('jobWizard.choose.oneDisk')}
          description={t('jobWizard.choose.oneDiskMeaning')}
          checked={answers.oneFileSystem}
          onChange={(event) => change({ oneFileSystem: event.currentTarget.checked })}
        />
      </fieldset>
      <Textarea
        label={t('jobWizard.choose.patterns')}
        description={t('jobWizard.choose.patternsHint')}
        placeholder={t('jobWizard.choose.patternsExample')}
        classNames={{ input: css['mono'] ?? '' }}
        rows={4}
        spellCheck={false}
        value={answers.patterns}
        onChange={(event) => change({ patterns: event.currentTarget.value })}
      />
    </Fields>
  );
}
