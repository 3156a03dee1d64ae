import type { RunRecord } from '../../state/index.ts';
import { Card, ConfirmName, Glyph, Note } from '../../widgets/index.ts';
import { useFailureWords, useFormat, useWords } from '../../words/index.ts';
import type { Report } from './report-cards.tsx';
import css from './restore-wizard.module.css';

type Emptied = NonNullable<Report['emptied']>;

/** What lies there now and goes before anything is restored, and what of it stays and why. */
export function EmptiedCard({ record, emptied }: { readonly record: RunRecord; readonly emptied: Emptied }) {
  const t = useWords();
  const format = useFormat();
  const tense = record.restore?.dryRun === true ? 'would' : 'did';
  const { name, removed, same, stayed, bytes } = emptied;
  return (
    <>
      <Note tone={removed > 0 ? 'warning' : 'plain'} title={t(`restoreWizard.run.empty.${tense}`, { count: removed, name })}>
        {t('restoreWizard.run.empty.rest', {
          bytes: format.bytes(bytes),
          same: format.number(same),
          stayed: format.number(stayed),
        })}
      </Note>
      {emptied.entries.length > 0 && <Removed emptied={emptied} tense={tense} />}
      <Stayed problems={record.problems} />
    </>
  );
}

function Removed({ emptied, tense }: { readonly emptied: Emptied; readonly tense: 'would' | 'did' }) {
  const t = useWords();
  const format = useFormat();
  const { entries, removed } = emptied;
  const shown = { shown: format.number(entries.length), all: format.number(removed) };
  const title = t(`restoreWizard.run.empty.${tense}List`);
  return (
    <Card title={title} fact={entries.length < removed ? t('restoreWizard.run.first', shown) : undefined} flush>
      {/* Focusable, so that it scrolls by keyboard. */}
      <div className={css['entries']} tabIndex={0} role="region" aria-label={title}>
        <table>
          <thead>
            <tr>
              <th>{t('runs.restore.column.name')}</th>
              <th>{t('runs.restore.column.folder')}</th>
              <th className="st-number">{t('restoreWizard.run.date')}</th>
              <th className="st-number">{t('runs.restore.column.size')}</th>
            </tr>
          </thead>
          <tbody>
            {entries.map((entry, index) => (
              <tr key={`${index} ${entry.name}`}>
                <td>{entry.name}</td>
                <td>{entry.folder}</td>
                <td className="st-number">{entry.timeMs === null ? '' : format.shortDate(entry.timeMs)}</td>
                <td className="st-number">{format.bytes(entry.sizeBytes)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}

/** Enough to see of what kind they are; all of them are in the run. */
const shownAtMost = 50;
const staying: ReadonlySet<string> = new Set(['restore.stays-not-saved', 'restore.stays-changed']);

function Stayed({ problems }: { readonly problems: RunRecord['problems'] }) {
  const t = useWords();
  const say = useFailureWords();
  const stays = problems.filter(({ failure }) => staying.has(failure.code));
  if (stays.length === 0) return null;
  return (
    <Card title={t('restoreWizard.run.empty.stays', { count: stays.length })} icon={<Glyph name="warning" />}>
      <ul className={css['problems']}>
        {stays.slice(0, shownAtMost).map(({ failure, folder, item }, index) => (
          <li key={`${index} ${item}`}>
            <b>{[folder, item].filter((part) => part !== '').join('/')}</b>
            <span>{say(failure)}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

interface ConfirmProps {
  /** Of the dry run. Null: nothing is asked. */
  readonly emptied: Emptied | null;
  readonly onClose: () => void;
  readonly onConfirm: (name: string) => Promise<void>;
}

export function ConfirmEmptying({ emptied, onClose, onConfirm }: ConfirmProps) {
  const t = useWords();
  if (emptied === null) return null;
  const { name, removed } = emptied;
  return (
    <ConfirmName
      opened
      title={t('restoreWizard.run.empty.title', { name })}
      name={name}
      action={t('restoreWizard.run.empty.action')}
      onClose={onClose}
      onConfirm={() => onConfirm(name)}
    >
      <p>{t('restoreWizard.run.empty.goes', { count: removed, name })}</p>
      <p>{t('restoreWizard.run.empty.back')}</p>
    </ConfirmName>
  );
}
