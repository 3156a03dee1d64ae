import { Button } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { PlugZap } from 'lucide-react';
import { useState } from 'react';
import { oauthOf } from '../../../shared/domain/sign-in.ts';
import { isLockedOut } from '../../parts/locked-out.ts';
import { NotThere } from '../../frame/not-there.tsx';
import { glyphOfJob } from '../../parts/job-due.tsx';
import { JobName } from '../../parts/job-name.tsx';
import { type SourceSummary, useJobs, useSources } from '../../state/index.ts';
import { Card, Chip, FeedView, Glyph, LinkButton, Note, Page } from '../../widgets/index.ts';
import { useFailureWords, useFormat, useWords } from '../../words/index.ts';
import { EditDialog } from './edit-dialog.tsx';
import { BlindCard } from './blind-card.tsx';
import { FoldersCard } from './folders-card.tsx';
import { RecoveryCard } from './recovery-card.tsx';
import { ReadOnlyChip } from './read-only-chip.tsx';
import { SignInAgain } from './sign-in-again.tsx';
import { SecretForm } from './secret-form.tsx';
import { SourceMenu } from './source-menu.tsx';
import { SettingsCard } from './settings-card.tsx';
import css from './sources.module.css';
import { TestResult, useSourceTest } from './source-test.tsx';

export function SourceDetail() {
  const id = useParams({ from: '/sources/$source' }).source;
  const sources = useSources();
  return (
    <FeedView feed={sources} rows={8}>
      {(value) => {
        const source = value.find((one) => one.id === id);
        return source ? <Detail key={source.id} source={source} /> : <NotThere />;
      }}
    </FeedView>
  );
}

function Detail({ source }: { readonly source: SourceSummary }) {
  const t = useWords();
  const test = useSourceTest(source);
  const oauth = oauthOf(source.settings);
  const [editing, setEditing] = useState(false);
  return (
    <Page
      crumb={{ label: t('sources.title'), to: '/sources' }}
      title={source.name}
      chip={<SavedChip source={source} />}
      fact={t(`parts.sourceKind.${source.settings.kind}`)}
      actions={
        <>
          <ReadOnlyChip />
          <Button
            size="sm"
            loading={test.busy}
            leftSection={<PlugZap size={16} strokeWidth={1.75} aria-hidden />}
            onClick={() => void test.run()}
          >
            {t('sources.test')}
          </Button>
          <Button size="sm" onClick={() => setEditing(true)}>
            {t('sources.edit')}
          </Button>
          <SourceMenu source={source} />
        </>
      }
    >
      {oauth === undefined
        ? isLockedOut(source) && <SecretForm source={source} />
        : (isLockedOut(source) || source.endings.some(({ kind }) => kind !== 'certificate-ends')) && (
            <SignInAgain source={source} oauth={oauth} />
          )}
      <Endings source={source} />
      <TestResult test={test} />
      <div className={css['columns']}>
        <SettingsCard source={source} />
        <JobsCard source={source} />
      </div>
      <RecoveryCard source={source} />
      <BlindCard source={source} />
      <FoldersCard source={source} />
      <EditDialog source={source} opened={editing} onClose={() => setEditing(false)} />
    </Page>
  );
}

/** A sign-in has a card of its own, where it can be made anew. */
function Endings({ source: { endings } }: { readonly source: SourceSummary }) {
  const say = useFailureWords();
  return endings
    .filter(({ kind }) => kind === 'certificate-ends')
    .map(({ failure }) => (
      <Note key={String(failure.facts['host'])} tone="warning">
        {say(failure)}
      </Note>
    ));
}

function SavedChip({ source }: { readonly source: SourceSummary }) {
  const t = useWords();
  const format = useFormat();
  if (isLockedOut(source)) {
    return (
      <Chip tone="failed" glyph="failed">
        {t(oauthOf(source.settings) === undefined ? 'sources.needsSecret' : 'sources.signInAgain.chip')}
      </Chip>
    );
  }
  if (source.jobs.length === 0) {
    return (
      <Chip tone="warning" glyph="warning">
        {t('sources.noJob')}
      </Chip>
    );
  }
  if (source.protectedUntilMs === null) return <Chip glyph="nothing">{t('sources.notSaved')}</Chip>;
  return (
    <Chip tone="fine" glyph="fine">
      {t('sources.saved', { moment: format.moment(source.protectedUntilMs) })}
    </Chip>
  );
}

function JobsCard({ source }: { readonly source: SourceSummary }) {
  const t = useWords();
  const jobs = useJobs((feed) => feed.value) ?? [];
  const using = jobs.filter(({ sources }) => sources.includes(source.id));
  return (
    <Card title={t('sources.jobs.title')}>
      {source.jobs.length === 0 ? (
        <p className="st-soft">{t('sources.jobs.none')}</p>
      ) : (
        <ul className={css['jobs']}>
          {using.map((job) => (
            <li key={job.id}>
              <Glyph name={glyphOfJob(job)} />
              <Link className="st-link" to="/jobs/$job" params={{ job: job.id }}>
                <JobName job={job.name} storage={job.storageName} />
              </Link>
              <Link className="st-link" to="/browse" search={{ storage: job.storage }}>
                {t('sources.browse')}
              </Link>
              <Link
                className="st-link"
                to="/storages/$storage/sizes"
                params={{ storage: job.storage }}
                search={{ source: source.id }}
              >
                {t('sizes.open')}
              </Link>
            </li>
          ))}
        </ul>
      )}
      <div className={css['cardFoot']}>
        <LinkButton size="sm" to="/jobs/new" search={{ source: source.id }}>
          {t('sources.jobs.addJob')}
        </LinkButton>
      </div>
    </Card>
  );
}
