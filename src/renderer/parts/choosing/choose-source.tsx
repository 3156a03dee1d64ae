import { Switch } from '@mantine/core';
import { useState } from 'react';
import type { Choice } from '../../../shared/domain/choice.ts';
import { type Failure, failureOf } from '../../../shared/domain/strata-error.ts';
import type { SourceKind } from '../../../shared/domain/source-settings.ts';
import type { SurveyedFolder } from '../../../shared/domain/survey.ts';
import { Card, FailureNote, Waiting } from '../../widgets/index.ts';
import { useWords } from '../../words/index.ts';
import { ChooseRules } from './choose-rules.tsx';
import { ChooseSum } from './choose-sum.tsx';
import { ChooseTree } from './choose-tree.tsx';
import css from './choosing.module.css';
import { type FolderWish, isClosed, withFolder, withNewFolders } from './folder-choosing.ts';
import { allFolders, type SurveyState } from './use-survey.ts';

interface Props {
  readonly name: string;
  readonly kind: SourceKind;
  readonly choice: Choice;
  readonly onChange: (choice: Choice) => void;
  readonly survey: SurveyState;
  /** Its place among the sources of the survey. */
  readonly source: number;
  readonly children?: React.ReactNode;
}

/** Everything that can be chosen of one source, beside what it means. */
export function ChooseSource({ name, kind, choice, onChange, survey, source, children }: Props) {
  const t = useWords();
  const [failure, setFailure] = useState<Failure | null>(null);
  const { id } = survey;
  const hasFailed = survey.failure !== null || survey.survey?.sources[source]?.failure != null;

  const wish = async (folder: SurveyedFolder, wanted: FolderWish): Promise<void> => {
    // Only where nothing else is taken than what is named, all names are needed.
    const all = isClosed(choice) && id !== null ? await allFolders(id, source) : [];
    onChange(
      withFolder(
        choice,
        folder,
        wanted,
        all.filter(({ path }) => path.startsWith(`${folder.path}/`)),
      ),
    );
  };
  const takeNew = async (isOn: boolean): Promise<void> => {
    if (id === null) return;
    const folders = await allFolders(id, source);
    onChange(
      withNewFolders(
        choice,
        isOn,
        folders.filter(({ path }) => path !== ''),
      ),
    );
  };
  const attempt = (work: Promise<void>): void => {
    setFailure(null);
    work.catch((error: unknown) => setFailure(failureOf(error)));
  };

  return (
    <div className={css['source']}>
      <div className={css['choices']}>
        <Card title={t('choosing.folders')} flush>
          {survey.id === null && !hasFailed && <Waiting what={name} rows={5} />}
          <ChooseTree
            name={name}
            choice={choice}
            survey={survey}
            source={source}
            onWish={(folder, wanted) => attempt(wish(folder, wanted))}
          />
          {kind !== 'files' && (
            <Switch
              className={css['newFolders'] ?? ''}
              label={t('choosing.newFolders')}
              description={t('choosing.newFoldersMeaning')}
              checked={!isClosed(choice)}
              disabled={id === null || survey.isGoing}
              onChange={(event) => attempt(takeNew(event.currentTarget.checked))}
            />
          )}
          {failure !== null && <FailureNote failure={failure} />}
        </Card>
        <ChooseRules kind={kind} choice={choice} onChange={(change) => onChange({ ...choice, ...change })} />
      </div>
      <ChooseSum survey={survey} source={source}>
        {children}
      </ChooseSum>
    </div>
  );
}
