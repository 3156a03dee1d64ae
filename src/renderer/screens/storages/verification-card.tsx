import { ShieldCheck } from 'lucide-react';
import type { StorageSummary } from '../../state/index.ts';
import { Card, Glyph, ShareBar } from '../../widgets/index.ts';
import { useFormat, useWords } from '../../words/index.ts';
import { CheckMenu } from './check-menu.tsx';
import { damageOf } from './damage.ts';
import css from './storages.module.css';

interface Props {
  readonly storage: StorageSummary;
}

/** What was read back, when, how much of it all, what was found, and what comes next. */
export function VerificationCard({ storage }: Props) {
  const t = useWords();
  const format = useFormat();
  const { verification, state } = storage;
  const { repair } = damageOf(storage);
  return (
    <Card title={t('storages.check.title')} icon={<ShieldCheck size={16} strokeWidth={1.75} aria-hidden />}>
      <Verdict storage={storage} />
      <LastCheck storage={storage} />
      {repair !== null && <p className={css['meaning']}>{t('storages.repair.since', { moment: format.moment(repair.atMs) })}</p>}
      {verification !== null && verification.packs > 0 && <ReadBack verification={verification} />}
      {verification !== null && verification.flickered > 0 && (
        <p className={css['flickers']}>
          <Glyph name="warning" /> {t('storages.check.flickers', { count: verification.flickered })}
        </p>
      )}
      {state === 'open' && (
        <div className={css['cardFoot']}>
          <CheckMenu storage={storage} label={t('storages.check.now')} />
          <Next storage={storage} />
        </div>
      )}
    </Card>
  );
}

function Verdict({ storage }: Props) {
  const t = useWords();
  const { problems, missing } = damageOf(storage);
  const isKnown = storage.lastCheck !== null || (storage.verification?.lastReadAtMs ?? null) !== null;
  if (problems > 0) return <p className={css['proofFailed']}>{t('storages.check.findings', { count: problems })}</p>;
  if (missing > 0) return <p className={css['proofFailed']}>{t('storages.repair.missing', { count: missing })}</p>;
  return <p className={css[isKnown ? 'proofFine' : 'proof']}>{t(isKnown ? 'storages.check.fine' : 'storages.check.none')}</p>;
}

function LastCheck({ storage: { lastCheck } }: Props) {
  const t = useWords();
  const format = useFormat();
  if (lastCheck === null) return <p className={css['meaning']}>{t('storages.check.noneMeaning')}</p>;
  const { level, percent } = lastCheck.report;
  const words =
    percent === null ? t(`storages.check.level.${level}`) : t('storages.check.ofAll', { share: format.percent(percent / 100) });
  return <p className={css['meaning']}>{t('storages.check.when', { moment: format.moment(lastCheck.atMs), level: words })}</p>;
}

type Verification = NonNullable<StorageSummary['verification']>;

function ReadBack({ verification }: { readonly verification: Verification }) {
  const t = useWords();
  const format = useFormat();
  const { packs, bytes, days, packsVerified, bytesVerified, verifiedAtMs, damaged } = verification;
  const share = bytesVerified / Math.max(1, bytes);
  const words = t('storages.check.share', { count: days, share: format.percent(share) });
  const slots = [
    [t('storages.check.packs'), t('storages.check.of', { some: format.number(packsVerified), all: format.number(packs) })],
    [t('storages.check.wholly'), verifiedAtMs === null ? t('storages.check.notYet') : format.day(verifiedAtMs)],
    [t('storages.check.found'), t('storages.check.foundCount', { count: damaged })],
  ] as const;
  return (
    <>
      <p className={css['share']}>{words}</p>
      <ShareBar
        height={8}
        parts={[
          { share, tone: 'moss' },
          { share: damaged / packs, tone: 'brick' },
        ]}
        label={words}
      />
      <ul className={css['slots']}>
        {slots.map(([name, value]) => (
          <li key={name}>
            <span>{name}</span>
            <span>{value}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

function Next({ storage: { verification } }: Props) {
  const t = useWords();
  const format = useFormat();
  if (verification === null || verification.packs === 0) return null;
  const { scrubs, nextDueMs } = verification;
  const words = !scrubs
    ? t('storages.check.onlyAsked')
    : nextDueMs === null || nextDueMs <= Date.now()
      ? t('storages.check.soon')
      : t('storages.check.next', { moment: format.shortMoment(nextDueMs) });
  return <span className="st-soft">{words}</span>;
}
