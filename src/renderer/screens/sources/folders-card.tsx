import { Button } from '@mantine/core';
import { ChevronDown, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import type { CallOutput } from '../../../shared/contract/calls.ts';
import { type Failure, failureOf } from '../../../shared/domain/strata-error.ts';
import { engine } from '../../client/index.ts';
import type { SourceSummary } from '../../state/index.ts';
import { Card, classes, FailureNote, Waiting } from '../../widgets/index.ts';
import { useFormat, useWords } from '../../words/index.ts';
import css from './sources.module.css';

type SourceFolder = CallOutput<'source.tree'>[number];

/** A look at the source as it is now; asked for, since it signs in. */
export function FoldersCard({ source }: { readonly source: SourceSummary }) {
  const t = useWords();
  const [folders, setFolders] = useState<readonly SourceFolder[] | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  const look = async (): Promise<void> => {
    setBusy(true);
    setFailure(null);
    try {
      setFolders(await engine.call('source.tree', { id: source.id, settings: null, secret: null, parentKey: null }));
    } catch (error) {
      setFailure(failureOf(error));
    }
    setBusy(false);
  };
  // Directories come level by level; a mailbox's folders come at once.
  const more = async (parentKey: string): Promise<void> => {
    if (source.settings.kind !== 'files' || folders?.some((folder) => folder.parentKey === parentKey)) return;
    try {
      const below = await engine.call('source.tree', { id: source.id, settings: null, secret: null, parentKey });
      setFolders((known) => [...(known ?? []), ...below.map((folder) => ({ ...folder, parentKey }))]);
    } catch (error) {
      setFailure(failureOf(error));
    }
  };
  return (
    <Card
      title={t('sources.tree.title')}
      fact={t('sources.tree.fact')}
      action={
        <Button size="sm" loading={busy} onClick={() => void look()}>
          {t('sources.tree.load')}
        </Button>
      }
      flush
    >
      {failure && <FailureNote failure={failure} retry={() => void look()} />}
      {busy && !folders && <Waiting what={source.name} rows={5} />}
      {folders && folders.length === 0 && <p className={classes(css['noFolders'], 'st-soft')}>{t('sources.tree.none')}</p>}
      {folders && folders.length > 0 && (
        <div role="tree" aria-label={t('sources.tree.label', { name: source.name })} className={css['tree']}>
          <Level folders={folders} parent={null} level={1} lazy={source.settings.kind === 'files'} onOpen={more} />
        </div>
      )}
    </Card>
  );
}

interface LevelProps {
  readonly folders: readonly SourceFolder[];
  readonly parent: string | null;
  readonly level: number;
  /** What is below is not known before it is asked for. */
  readonly lazy: boolean;
  readonly onOpen: (key: string) => Promise<void>;
}

function Level({ folders, parent, level, lazy, onOpen }: LevelProps) {
  const keys = new Set(folders.map(({ key }) => key));
  const mine = folders.filter(({ parentKey }) =>
    parent === null ? parentKey === null || !keys.has(parentKey) : parentKey === parent,
  );
  return mine.map((folder) => (
    <Branch key={folder.key} folder={folder} folders={folders} parent={parent} level={level} lazy={lazy} onOpen={onOpen} />
  ));
}

function Branch({ folder, folders, level, lazy, onOpen }: LevelProps & { readonly folder: SourceFolder }) {
  const t = useWords();
  const format = useFormat();
  const [opened, setOpened] = useState(!lazy && level < 2);
  const hasMore = lazy || folders.some(({ parentKey }) => parentKey === folder.key);
  const Chevron = opened ? ChevronDown : ChevronRight;
  const toggle = (): void => {
    if (!opened) void onOpen(folder.key); // keeps its failure
    setOpened(!opened);
  };
  return (
    <>
      <div
        role="treeitem"
        aria-level={level}
        aria-expanded={hasMore ? opened : undefined}
        className={classes(css['folder'], folder.excluded && css['excluded'])}
        style={{ paddingInlineStart: 16 + (level - 1) * 20 }}
      >
        {hasMore ? (
          <button type="button" className={css['toggle']} aria-label={folder.name} onClick={toggle}>
            <Chevron size={14} strokeWidth={2} aria-hidden />
          </button>
        ) : (
          <span className={css['toggle']} />
        )}
        <span className="st-ellipsis">{folder.name}</span>
        <span className={css['folderFact']}>
          {folder.excluded ? t('sources.tree.excluded') : folder.items === null ? '' : format.number(folder.items)}
        </span>
      </div>
      {opened && <Level folders={folders} parent={folder.key} level={level + 1} lazy={lazy} onOpen={onOpen} />}
    </>
  );
}
