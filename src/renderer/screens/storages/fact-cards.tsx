import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Database, KeyRound, Keyboard, Laptop, Layers, Printer, ShieldCheck } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { glyphOfJob } from '../../parts/job-due.tsx';
import { type StorageSummary, useJobs } from '../../state/index.ts';
import { Card, Glyph, LinkButton } from '../../widgets/index.ts';
import { useFormat, useWords } from '../../words/index.ts';
import { ConfirmKeyDialog } from './confirm-key-dialog.tsx';
import css from './storages.module.css';

interface Props {
  readonly storage: StorageSummary;
}

const icon = { size: 16, strokeWidth: 1.75, 'aria-hidden': true } as const;

interface SlotProps {
  readonly icon?: ReactNode;
  readonly name: ReactNode;
  readonly value: ReactNode;
}

function Slot({ icon: mark, name, value }: SlotProps) {
  return (
    <li>
      {mark}
      <span className="st-ellipsis">{name}</span>
      <span>{value}</span>
    </li>
  );
}

export function CheckCard({ storage: { lastCheck } }: Props) {
  const t = useWords();
  const format = useFormat();
  const findings = lastCheck?.report.findings.length ?? 0;
  return (
    <Card title={t('storages.check.title')} icon={<ShieldCheck {...icon} />}>
      {lastCheck ? (
        <>
          <p className={findings === 0 ? css['proofFine'] : css['proofFailed']}>
            {findings === 0 ? t('storages.check.fine') : t('storages.check.findings', { count: findings })}
          </p>
          <p className={css['meaning']}>
            {t('storages.check.when', {
              moment: format.moment(lastCheck.atMs),
              level: t(`storages.check.level.${lastCheck.report.level}`),
            })}
          </p>
          <ul className={css['slots']}>
            <Slot name={t('storages.check.packs')} value={format.number(lastCheck.report.packs)} />
            <Slot name={t('storages.check.commits')} value={format.number(lastCheck.report.commits)} />
            <Slot name={t('storages.check.read')} value={format.bytes(lastCheck.report.bytesRead)} />
          </ul>
        </>
      ) : (
        <>
          <p className={css['proof']}>{t('storages.check.none')}</p>
          <p className={css['meaning']}>{t('storages.check.noneMeaning')}</p>
        </>
      )}
    </Card>
  );
}

export function HoldsCard({ storage }: Props) {
  const t = useWords();
  const format = useFormat();
  return (
    <Card title={t('storages.holds.title')} icon={<Layers {...icon} />}>
      <p className={css['proof']}>{t('parts.items', { count: storage.items })}</p>
      <ul className={css['slots']}>
        <Slot name={t('storages.holds.versions')} value={format.number(storage.versions)} />
        <Slot name={t('storages.holds.moments')} value={format.number(storage.moments)} />
        <Slot name={t('storages.holds.since')} value={format.day(storage.createdAtMs)} />
        <Slot name={t('storages.holds.id')} value={<span className="st-mono">{storage.id}</span>} />
      </ul>
    </Card>
  );
}

export function KeysCard({ storage }: Props) {
  const t = useWords();
  const [confirming, setConfirming] = useState(false);
  const { keyInKeychain, recoveryKeyConfirmed, state } = storage;
  return (
    <Card title={t('storages.keys.title')} icon={<KeyRound {...icon} />}>
      <ul className={css['slots']}>
        <Slot icon={<Keyboard {...icon} />} name={t('storages.keys.password')} value={t('storages.keys.passwordIs')} />
        <Slot
          icon={<Laptop {...icon} />}
          name={t('storages.keys.keychain')}
          value={t(keyInKeychain ? 'storages.keys.inKeychain' : 'storages.keys.notInKeychain')}
        />
        <Slot
          icon={<Printer {...icon} />}
          name={t('storages.keys.sheet')}
          value={
            recoveryKeyConfirmed ? (
              t('storages.keys.confirmed')
            ) : (
              <span className={css['unconfirmed']}>
                <Glyph name="warning" size={12} /> {t('storages.keys.unconfirmed')}
              </span>
            )
          }
        />
      </ul>
      {!recoveryKeyConfirmed && (
        <>
          <p className={css['meaning']}>{t('storages.keys.confirmMeaning')}</p>
          <div className={css['cardFoot']}>
            <Button size="sm" disabled={state === 'unavailable'} onClick={() => setConfirming(true)}>
              {t('storages.keys.confirmNow')}
            </Button>
          </div>
          <ConfirmKeyDialog storage={storage} opened={confirming} onClose={() => setConfirming(false)} />
        </>
      )}
    </Card>
  );
}

export function UsedByCard({ storage }: Props) {
  const t = useWords();
  const jobs = useJobs((feed) => feed.value) ?? [];
  return (
    <Card title={t('storages.usedBy.title')} icon={<Database {...icon} />}>
      {storage.jobs.length === 0 ? (
        <p className={css['meaning']}>{t('storages.usedBy.none')}</p>
      ) : (
        <ul className={css['slots']}>
          {storage.jobs.map(({ id, name }) => {
            const job = jobs.find((one) => one.id === id);
            return (
              <li key={id}>
                <Glyph name={job ? glyphOfJob(job) : 'nothing'} />
                <Link className="st-link st-ellipsis" to="/jobs/$job" params={{ job: id }}>
                  {name}
                </Link>
              </li>
            );
          })}
        </ul>
      )}
      <div className={css['cardFoot']}>
        <LinkButton size="sm" to="/jobs/new" search={{ storage: storage.id }}>
          {t('storages.usedBy.addJob')}
        </LinkButton>
      </div>
    </Card>
  );
}
