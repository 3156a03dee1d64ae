import { Button } from '@mantine/core';
import { FileDown } from 'lucide-react';
import type { ActId } from '../../../shared/domain/ids.ts';
import type { CallInput } from '../../../shared/contract/calls.ts';
import type { RecordedAct } from '../../../shared/domain/act.ts';
import { recordCsv } from '../../../shared/words/acts.ts';
import { engine, shell } from '../../client/index.ts';
import { tellFailure } from '../../state/index.ts';
import { useWords } from '../../words/index.ts';

interface Props {
  readonly query: Omit<CallInput<'record.list'>, 'before' | 'limit'>;
  /** How many lines come at once. */
  readonly most: number;
}

/** Everything that fits, not only what is shown, with the columns of `strata record --csv`. */
export function SaveRecord({ query, most }: Props) {
  const t = useWords();
  const save = (): void =>
    void tellFailure(t('record.saveCsv'), async () => {
      const rows: RecordedAct[] = [];
      for (let before: ActId | null = null, more = true; more; ) {
        const page: { rows: RecordedAct[]; more: boolean } = await engine.call('record.list', { ...query, before, limit: most });
        rows.push(...page.rows);
        before = page.rows.at(-1)?.id ?? null;
        more = page.more;
      }
      const bytes = new TextEncoder().encode(`${recordCsv(rows)}\n`);
      await shell.call('shell.saveBytes', { title: t('record.saveCsv'), fileName: 'strata-record.csv', bytes });
    });
  return (
    <Button size="sm" leftSection={<FileDown size={14} strokeWidth={2} aria-hidden />} onClick={save}>
      {t('record.saveCsv')}
    </Button>
  );
}
