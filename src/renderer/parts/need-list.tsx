import { Button } from '@mantine/core';
import { engine } from '../client/index.ts';
import { type Need, tellFailure } from '../state/index.ts';
import { Glyph, type GlyphName, LinkButton } from '../widgets/index.ts';
import { Trans, useFailureWords, useFormat, useWords } from '../words/index.ts';
import css from './need-list.module.css';

const glyphOf: Readonly<Record<Need['kind'], GlyphName>> = {
  'job-failed': 'failed',
  'job-warning': 'warning',
  'job-interrupted': 'warning',
  'job-never-ran': 'late',
  'storage-locked': 'locked',
  'storage-unavailable': 'waiting',
  'storage-damaged': 'failed',
  'storage-flickers': 'warning',
  'restore-unproven': 'failed',
  'recovery-key-unconfirmed': 'warning',
  'password-twice': 'warning',
  'source-frozen': 'warning',
  'clock-wrong': 'warning',
  'removal-waits': 'waiting',
  'storage-nearly-full': 'warning',
  'mirror-failed': 'warning',
  'job-unwatched': 'failed',
  'scan-due': 'late',
  'job-late': 'late',
  'job-asks': 'waiting',
  'job-unusual': 'warning',
  'mirror-late': 'late',
  'channel-fails': 'failed',
  'sign-in-ended': 'locked',
  'sign-in-ends': 'late',
  'certificate-ends': 'late',
};

interface Props {
  readonly needs: readonly Need[];
  /** Called when an action leads away from here. */
  readonly onLeave?: () => void;
}

/** What needs a person, each with the one action that helps. */
export function NeedList({ needs, onLeave }: Props) {
  return (
    <ul className={css['list']}>
      {needs.map((need) => (
        <li key={`${need.kind} ${need.job ?? ''} ${need.storage ?? ''} ${need.name}`}>
          <Glyph name={glyphOf[need.kind]} />
          <NeedWords need={need} />
          <NeedAction need={need} first={need === needs[0]} onLeave={onLeave} />
        </li>
      ))}
    </ul>
  );
}

function NeedWords({ need }: { readonly need: Need }) {
  const t = useWords();
  const format = useFormat();
  const say = useFailureWords();
  return (
    <span className={css['words']}>
      <Trans
        t={t}
        i18nKey={`home.need.${need.kind}`}
        values={{ name: need.name, why: need.failure ? say(need.failure) : '' }}
        components={{ b: <b /> }}
      />{' '}
      {need.sinceMs !== null && <span className="st-soft">{t('home.need.since', { moment: format.moment(need.sinceMs) })}</span>}
    </span>
  );
}

const startsRun: ReadonlySet<Need['kind']> = new Set(['job-interrupted', 'job-never-ran', 'job-late', 'scan-due']);

interface ActionProps {
  readonly need: Need;
  readonly first: boolean;
  readonly onLeave: (() => void) | undefined;
}

function NeedAction({ need, first, onLeave }: ActionProps) {
  const t = useWords();
  const label = t(`home.act.${need.kind}`);
  const look = { size: 'sm', variant: first ? 'filled' : 'default', ...(onLeave ? { onClick: onLeave } : {}) } as const;
  const { job, storage, run, source } = need;
  if (startsRun.has(need.kind) && job !== null) {
    const start = (): void => void tellFailure(label, () => engine.call('job.run', { id: job }));
    return (
      <Button size="sm" variant={look.variant} onClick={start}>
        {label}
      </Button>
    );
  }
  if (need.kind === 'channel-fails') {
    return (
      <LinkButton {...look} to="/alerts">
        {label}
      </LinkButton>
    );
  }
  if (source !== undefined) {
    return (
      <LinkButton {...look} to="/sources/$source" params={{ source }}>
        {label}
      </LinkButton>
    );
  }
  if (run !== null) {
    return (
      <LinkButton {...look} to="/runs/$run" params={{ run }}>
        {label}
      </LinkButton>
    );
  }
  if (storage !== null) {
    return (
      <LinkButton {...look} to="/storages/$storage" params={{ storage }}>
        {label}
      </LinkButton>
    );
  }
  if (job === null) return null;
  return (
    <LinkButton {...look} to="/jobs/$job" params={{ job }}>
      {label}
    </LinkButton>
  );
}
