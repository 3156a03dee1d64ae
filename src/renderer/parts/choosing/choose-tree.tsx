import { ActionIcon, Checkbox, Menu } from '@mantine/core';
import { ChevronDown, ChevronRight, Ellipsis } from 'lucide-react';
import { useState } from 'react';
import type { Choice } from '../../../shared/domain/choice.ts';
import { FolderJudge } from '../../../shared/domain/folder-rules.ts';
import { skippedOf, type SurveyedFolder } from '../../../shared/domain/survey.ts';
import { sayRule } from '../../../shared/words/choice.ts';
import { classes } from '../../widgets/index.ts';
import { useFailureWords, useFormat, useLanguage, useWords } from '../../words/index.ts';
import css from './choosing.module.css';
import type { FolderWish } from './folder-choosing.ts';
import { type SurveyRows, type SurveyState, useSurveyRows } from './use-survey.ts';

interface TreeProps {
  readonly name: string;
  readonly choice: Choice;
  readonly survey: SurveyState;
  /** Its place among the sources of the survey. */
  readonly source: number;
  readonly onWish: (folder: SurveyedFolder, wish: FolderWish) => void;
}

/** What was counted, folder by folder, and a tick for what is taken. The top of an account stands for itself. */
export function ChooseTree(props: TreeProps) {
  const t = useWords();
  const { survey, source, name } = props;
  const version = survey.survey?.sources[source]?.folders ?? 0;
  const rows = useSurveyRows(survey.id, source, 0, version + (survey.isGoing ? 0 : 1));
  if (rows === null) return null;
  return (
    <div className={css['tree']} role="group" aria-label={t('choosing.tree', { name })}>
      <Level {...props} rows={rows} level={1} version={version} />
    </div>
  );
}

interface LevelProps extends TreeProps {
  readonly rows: SurveyRows;
  readonly level: number;
  readonly version: number;
}

function Level(props: LevelProps) {
  const t = useWords();
  const { rows } = props.rows;
  return (
    <ul>
      {rows.map((folder) => (
        <Branch key={folder.key} {...props} folder={folder} />
      ))}
      {rows.length === 1000 && <li className={css['hint']}>{t('choosing.notAll', { count: rows.length })}</li>}
    </ul>
  );
}

function Branch({ folder, ...props }: LevelProps & { readonly folder: SurveyedFolder }) {
  const t = useWords();
  const { level, choice } = props;
  const [isOpen, setOpen] = useState(false);
  const Chevron = isOpen ? ChevronDown : ChevronRight;
  const { isTaken, isMixed, isLocked } = standingOf(folder, choice);
  return (
    <li>
      <div className={css['folder']} style={{ paddingInlineStart: 8 + (level - 1) * 20 }}>
        {folder.hasFolders ? (
          <button
            type="button"
            className={css['toggle']}
            aria-expanded={isOpen}
            aria-label={t('choosing.open', { name: folder.name })}
            onClick={() => setOpen(!isOpen)}
          >
            <Chevron size={14} strokeWidth={2} aria-hidden />
          </button>
        ) : (
          <span className={css['toggle']} />
        )}
        <Checkbox
          label={folder.name}
          checked={isTaken}
          indeterminate={isMixed}
          disabled={isLocked}
          onChange={() => props.onWish(folder, isTaken && !isMixed ? 'none' : 'whole')}
        />
        <Counts folder={folder} isStale={props.rows.id !== props.survey.id || props.survey.isStale} />
        {isLocked ? <span className={css['toggle']} /> : <FolderMenu folder={folder} onWish={props.onWish} />}
      </div>
      {isOpen && <Below {...props} folder={folder} />}
    </li>
  );
}

function Below({ folder, ...props }: LevelProps & { readonly folder: SurveyedFolder }) {
  const version = props.version + (props.survey.isGoing ? 0 : 1);
  const rows = useSurveyRows(props.rows.id, props.source, folder.index, version);
  return rows === null ? null : <Level {...props} rows={rows} level={props.level + 1} />;
}

/** By the rules as they stand, so that a click shows at once. What the source or a pattern leaves out no folder rule takes back. */
function standingOf(folder: SurveyedFolder, choice: Choice): { isTaken: boolean; isMixed: boolean; isLocked: boolean } {
  const isLocked = ['pattern', 'marker', 'mounted', 'storage', 'source'].includes(folder.by?.rule ?? '');
  const judge = new FolderJudge(choice);
  const names = folder.path.split('/');
  const { verdict } = judge.verdict(names, folder.uses);
  const isMixed = verdict === 'passed' || (verdict === 'taken' && folder.hasFolders && judge.maySkipBelow(names));
  return { isTaken: !isLocked && verdict === 'taken', isMixed: !isLocked && isMixed, isLocked };
}

function Counts({ folder, isStale }: { readonly folder: SurveyedFolder; readonly isStale: boolean }) {
  const t = useWords();
  const format = useFormat();
  const language = useLanguage();
  const say = useFailureWords();
  const { whole, own, by, failure, folded } = folder;
  const skipped = skippedOf(whole);
  const [most] = own.skipped;
  const reason = failure === null ? (by ?? most) : undefined;
  return (
    <span className={classes(css['counts'], isStale && css['stale'])}>
      {failure !== null && <span className={css['failed']}>{say(failure)}</span>}
      {reason !== undefined && <span className={css['reason']}>{sayRule(reason, language)}</span>}
      {folded > 0 && <span>{t('choosing.folded', { count: folded })}</span>}
      {skipped.items > 0 && (
        <span>
          {format.number(skipped.items)} {t('choosing.skipped')}
        </span>
      )}
      <b>{format.number(whole.taken.items)}</b>
      <span className={css['bytes']}>{format.bytes(whole.taken.bytes)}</span>
    </span>
  );
}

const wishes: readonly FolderWish[] = ['whole', 'alone', 'below', 'none'];

function FolderMenu({ folder, onWish }: { readonly folder: SurveyedFolder; readonly onWish: TreeProps['onWish'] }) {
  const t = useWords();
  return (
    <Menu position="bottom-end" width={280}>
      <Menu.Target>
        <ActionIcon size={24} aria-label={t('choosing.more', { name: folder.name })}>
          <Ellipsis size={16} strokeWidth={1.75} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {wishes
          .filter((wish) => folder.hasFolders || wish === 'whole' || wish === 'none')
          .map((wish) => (
            <Menu.Item key={wish} onClick={() => onWish(folder, wish)}>
              {t(`choosing.${wish}`)}
            </Menu.Item>
          ))}
      </Menu.Dropdown>
    </Menu>
  );
}
