import { Button } from '@mantine/core';
import { FileDown } from 'lucide-react';
import { csvOf } from '../../../shared/words/csv.ts';
import { shell } from '../../client/index.ts';
import type { SizesWay } from '../../search-params.ts';
import { tellFailure } from '../../state/index.ts';
import { useWords } from '../../words/index.ts';
import type { Share } from './shares.ts';
import { useShareName } from './use-share-name.ts';

interface Props {
  readonly rows: readonly Share[];
  readonly by: SizesWay;
}

/** What the table says, with the columns of `strata stats --csv`. */
export function SaveCsv({ rows, by }: Props) {
  const t = useWords();
  const nameOf = useShareName();
  const save = (): void =>
    void tellFailure(t('runs.restore.saveCsv'), async () => {
      const lines = rows.map(({ what, size: { items, itemBytes, versions, versionBytes } }) => [
        what.is === 'sender' ? what.address : what.is === 'kind' ? what.kind : nameOf(what),
        items,
        itemBytes,
        versions,
        versionBytes,
      ]);
      const text = csvOf([by === 'folder' ? 'path' : by, 'items', 'bytes', 'versions', 'versionBytes'], lines);
      const bytes = new TextEncoder().encode(`${text}\n`);
      await shell.call('shell.saveBytes', { title: t('runs.restore.saveCsv'), fileName: `strata-sizes-by-${by}.csv`, bytes });
    });
  return (
    <Button size="sm" leftSection={<FileDown size={14} strokeWidth={2} aria-hidden />} onClick={save}>
      {t('runs.restore.saveCsv')}
    </Button>
  );
}
