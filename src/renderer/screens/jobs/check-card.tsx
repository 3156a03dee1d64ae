import { Button } from '@mantine/core';
import { useState } from 'react';
import type { FindingOutcome, JobFinding } from '../../../shared/domain/job-check.ts';
import { sayCheck, sayOutcome, sayVerdict } from '../../../shared/words/checks.ts';
import { engine } from '../../client/index.ts';
import { type JobSummary, tellFailure } from '../../state/index.ts';
import { Card, Glyph, type GlyphName, Waiting } from '../../widgets/index.ts';
import { useFailureWords, useLanguage, useWords } from '../../words/index.ts';
import css from './check-card.module.css';

const glyphOfOutcome: Readonly<Record<FindingOutcome, GlyphName>> = {
  fine: 'fine',
  refused: 'failed',
  waits: 'waiting',
  noted: 'warning',
};

/** Whether the job could run now, and what stands in its way; nothing is changed by it. */
export function CheckCard({ job }: { readonly job: JobSummary }) {
  const t = useWords();
  const language = useLanguage();
  const [findings, setFindings] = useState<readonly JobFinding[] | null>(null);
  const [busy, setBusy] = useState(false);
  const look = async (): Promise<void> => {
    setBusy(true);
    await tellFailure(t('jobs.check.title'), async () => setFindings(await engine.call('job.check', { id: job.id })));
    setBusy(false);
  };
  return (
    <Card
      title={t('jobs.check.title')}
      action={
        <Button size="xs" loading={busy} onClick={() => void look()}>
          {t(findings === null ? 'jobs.check.look' : 'jobs.check.again')}
        </Button>
      }
    >
      <p className="st-soft" role="status">
        {findings === null ? t('jobs.check.meaning') : sayVerdict(findings, language)}
      </p>
      {busy && findings === null && <Waiting rows={3} />}
      {findings !== null && (
        <ul className={css['list']}>
          {findings.map((finding) => (
            <Finding key={`${finding.check} ${finding.name}`} finding={finding} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function Finding({ finding }: { readonly finding: JobFinding }) {
  const language = useLanguage();
  const say = useFailureWords();
  return (
    <li className={css['finding']}>
      <Glyph name={glyphOfOutcome[finding.outcome]} label={sayOutcome(finding, language)} />
      <span>
        {sayCheck(finding, language)}
        {finding.failure !== null && <span className={css['why']}>{say(finding.failure)}</span>}
      </span>
    </li>
  );
}
