import { Button } from '@mantine/core';
import { engine } from '../../client/index.ts';
import { type RunRecord, type StorageSummary, useAnswer } from '../../state/index.ts';
import { LinkButton, Note } from '../../widgets/index.ts';
import { useFormat, useWords } from '../../words/index.ts';
import { damageOf } from './damage.ts';
import css from './repair.module.css';
import cards from './storages.module.css';

interface Props {
  readonly storage: StorageSummary;
  readonly onRepair: () => void;
}

/** More are told by the check itself. */
const namedItems = 5;

/** What is damaged, whose it is, and what can be done about it; after a repair, what it could not bring back. */
export function DamageNote({ storage, onRepair }: Props) {
  const { problems, missing, repair } = damageOf(storage);
  if (repair !== null && missing > 0) return <AfterRepair storage={storage} repair={repair} />;
  return problems === 0 ? null : <Damage storage={storage} problems={problems} onRepair={onRepair} />;
}

function Damage({ storage: { id, name }, problems, onRepair }: Props & { readonly problems: number }) {
  const t = useWords();
  const format = useFormat();
  const run = useAnswer(`damage ${id}`, () => newestFinding(id), true).value;
  return (
    <Note
      tone="failed"
      title={t('storages.repair.found', { count: problems, name })}
      action={
        <span className={cards['answers']}>
          {run !== null && (
            <LinkButton size="sm" to="/runs/$run" params={{ run: run.id }}>
              {t('storages.repair.showCheck')}
            </LinkButton>
          )}
          <Button size="sm" variant="filled" onClick={onRepair}>
            {t('storages.repair.open')}
          </Button>
        </span>
      }
    >
      {run !== null && <p>{t('storages.repair.foundAt', { moment: format.moment(run.endedAtMs ?? run.startedAtMs) })}</p>}
      {run !== null && <Affected run={run} />}
      <p>{t('storages.repair.foundMeaning')}</p>
    </Note>
  );
}

function Affected({ run }: { readonly run: RunRecord }) {
  const t = useWords();
  const items = [...new Set(run.check?.findings.flatMap((finding) => finding.items))];
  if (items.length === 0) return null;
  return (
    <>
      <p>{t('storages.repair.concerns', { count: items.length })}</p>
      <ul className={css['items']}>
        {items.slice(0, namedItems).map((item) => (
          <li key={item}>{item}</li>
        ))}
        {items.length > namedItems && <li>{t('storages.repair.more', { count: items.length - namedItems })}</li>}
      </ul>
    </>
  );
}

/** The newest check that found something, with the names of what it concerns. */
async function newestFinding(storage: StorageSummary['id']): Promise<RunRecord | null> {
  const checks = await engine.call('run.list', { job: null, storage, kind: 'check', limit: 50 });
  const found = checks.find(({ check }) => check !== null && check.findings.length > 0);
  return found === undefined ? null : engine.call('run.show', { id: found.id });
}

interface AfterProps {
  readonly storage: StorageSummary;
  readonly repair: NonNullable<StorageSummary['lastRepair']>;
}

function AfterRepair({ storage: { name }, repair }: AfterProps) {
  const t = useWords();
  const format = useFormat();
  return (
    <Note
      tone="warning"
      title={t('storages.repair.after', { name, moment: format.moment(repair.atMs) })}
      action={
        <LinkButton size="sm" to="/runs/$run" params={{ run: repair.run }}>
          {t('storages.repair.showReport')}
        </LinkButton>
      }
    >
      {t('storages.repair.afterMeaning', { count: repair.lost })}
    </Note>
  );
}
